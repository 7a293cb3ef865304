package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ContainerState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ControllerState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.EventState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ObservedState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.Symptom;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.TextOrigin;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The detection of nodes and workflows that hang without a message, by their state and its duration. */
final class HangDetector {

    /** The time after which a running controller has started a new workflow; in practice it takes seconds. */
    private static final Duration PICK_UP_TIME = Duration.ofSeconds(30);

    /** The time after which a hang is reported if the preflight has a reason for it. */
    private static final Duration EXPLAINED_HANG_TIME = Duration.ofSeconds(20);

    static final Duration SHORT_TIME = Duration.ofMinutes(1);
    private static final Duration LONG_TIME = Duration.ofMinutes(5);
    private static final String GC_FINALIZER = "workflows.argoproj.io/artifact-gc";

    private static final Set<String> CONTROLLER_ENTRIES = Set.of("not-picked-up", "controller-down");

    private final ObservedState observed;
    private final WorkflowState workflow;
    private final Templates templates;
    private final RunningPod running;

    /**
     * A part of the workflow that hangs.
     *
     * @param entry the id of the entry in the symptom table
     * @param values the values for the entry's texts
     * @param explainedOnly whether the hang is reported only if the preflight has a reason, since the part can also be
     *     slow
     */
    record Hang(Suspect suspect, String entry, Symptom symptom, Map<String, String> values, boolean explainedOnly) {

        /** Returns this hang, reported only if the preflight has a reason. */
        Hang ifExplained() {
            return new Hang(suspect, entry, symptom, values, /* explainedOnly= */ true);
        }

        /** Returns whether no controller works, so that the lines of its start in its log are relevant. */
        boolean isOfController() {
            return CONTROLLER_ENTRIES.contains(entry);
        }
    }

    HangDetector(ObservedState observed, WorkflowState workflow, Templates templates) {
        this.observed = observed;
        this.workflow = workflow;
        this.templates = templates;
        this.running = new RunningPod(observed, templates);
    }

    /**
     * Returns the hang of a workflow on which no controller works, since none runs or none has started it; empty for
     * other workflows.
     */
    Optional<Hang> controllerHang() {
        boolean notStarted =
                !workflow.started() && (observed.captured() || observed.isOlder(workflow.created(), PICK_UP_TIME));
        boolean unfinished = workflow.started() && !workflow.isEnded();
        Optional<Hang> down = notStarted || unfinished ? controllerDownHang() : Optional.empty();
        if (down.isPresent() || !notStarted) {
            return down;
        }
        return Optional.of(hang(
                Suspect.WORKFLOW,
                "not-picked-up",
                evidence(
                        "Workflow " + workflow.namespace() + "/" + workflow.name(),
                        "status.phase",
                        "empty since its creation"),
                Map.of()));
    }

    /** Returns the hang if no pod of the controller is available, or no controller renews the Lease. */
    private Optional<Hang> controllerDownHang() {
        Optional<ControllerState.Deployment> deployment =
                observed.controller().deployment().ifKnown().flatMap(found -> found);
        if (deployment.filter(ControllerState.Deployment::isDown).isPresent()) {
            ControllerState.Deployment down = deployment.get();
            String reason = down.desired() == 0
                    ? "its Deployment is scaled to 0"
                    : "none of its " + down.desired() + " pods is available";
            return Optional.of(hang(
                    Suspect.WORKFLOW,
                    "controller-down",
                    evidence(
                            "Deployment " + down.namespace() + "/" + down.name(),
                            "status",
                            reason + (down.unavailable().isEmpty() ? "" : ": " + down.unavailable())),
                    Map.of("reason", reason, "deployment", down.name(), "argo", down.namespace())));
        }
        return observed.staleLease()
                .filter(lease -> observed.controller().electsLeader())
                .map(lease -> hang(
                        Suspect.WORKFLOW,
                        "controller-down",
                        evidence(
                                "Lease " + lease.namespace() + "/" + lease.name(),
                                "spec.renewTime",
                                lease.renewed().map(Instant::toString).orElse("none")),
                        Map.of("reason", "no controller holds Lease " + lease.name())));
    }

    /** Returns the unfinished nodes that hang. */
    List<Hang> nodeHangs(List<Suspect> unfinished) {
        List<Hang> hangs = new ArrayList<>();
        for (Suspect suspect : unfinished) {
            NodeState node = suspect.node().orElseThrow();
            if (node.type().equals("Suspend") || !node.lock().isEmpty()) {
                continue;
            }
            suspect.pod()
                    .map(pod -> podHang(suspect, node, pod))
                    .orElseGet(() -> absentPodHang(suspect, node))
                    .ifPresent(hangs::add);
        }
        return hangs;
    }

    private Optional<Hang> absentPodHang(Suspect suspect, NodeState node) {
        if (workflow.isStopping()) {
            return Optional.empty();
        }
        if (!(observed.pods() instanceof Fact.Known<List<PodState>>)
                || !observed.isOlder(node.started(), SHORT_TIME) && !isKilled(suspect, node)) {
            return Optional.empty();
        }
        if (node.isRunByAgent()) {
            return Optional.of(hang(
                    suspect, "agent-missing", evidence("node " + node.displayName(), "phase", node.phase()), Map.of()));
        }
        if (Boolean.FALSE.equals(workflow.results().get(node.id()))) {
            return lostResultHang(suspect, node);
        }
        String pod = suspect.podNames(workflow.name()).get(0);
        return node.message().isEmpty() || node.phase().equals("Running")
                ? Optional.of(hang(
                        suspect,
                        "pod-vanished",
                        evidence("node " + node.displayName(), "phase", node.phase() + ", and it has no pod"),
                        Map.of("pod", pod, "node-name", node.displayName())))
                : Optional.empty();
    }

    /**
     * Returns whether the pod of a Running node was killed, as far as a snapshot without a time shows it. An absent pod
     * is no proof: it can have ended and been deleted (podGC) after the workflow was read.
     */
    private boolean isKilled(Suspect suspect, NodeState node) {
        return observed.captured()
                && node.phase().equals("Running")
                && suspect.podNames(workflow.name()).stream()
                        .flatMap(pod -> observed.eventsOf("Pod", pod).stream())
                        .anyMatch(event -> event.reason().equals(EventState.KILLING));
    }

    /** Returns the hang of a node whose pod exists. */
    private Optional<Hang> podHang(Suspect suspect, NodeState node, PodState pod) {
        if (node.isRunByAgent()) {
            return running.agent(suspect, node, pod);
        }
        if (pod.isEnded()) {
            return observed.isOlder(ended(pod), SHORT_TIME) ? lostResultHang(suspect, node) : Optional.empty();
        }
        Optional<Hang> blocked = running.sidecar(suspect, node, pod).or(() -> running.daemon(suspect, node, pod));
        if (blocked.isPresent()) {
            return blocked;
        }
        boolean mainStarted = pod.containers().stream()
                .anyMatch(each ->
                        !each.init() && (each.running() || each.terminated().isPresent()));
        if (mainStarted || pod.host().isEmpty() || !observed.isOlder(pod.created(), LONG_TIME)) {
            return Optional.empty();
        }
        Optional<ContainerState> init = pod.containers().stream()
                .filter(each -> each.init() && !each.isEnded())
                .findFirst();
        String reason = init.map(each -> each.running() ? "init container " + each.name() : each.waitingReason())
                .filter(text -> !text.isEmpty())
                .orElse("ContainerCreating");
        return Optional.of(hang(
                suspect,
                init.filter(ContainerState::isOwnInitRunning).isPresent() ? "init-container-runs" : "pod-initializing",
                evidence("Pod " + observed.namespace() + "/" + pod.name(), "status.phase", pod.phase() + ", " + reason),
                Map.of(
                        "pod", pod.name(),
                        "container", init.map(ContainerState::name).orElse(""),
                        "reason", reason)));
    }

    /**
     * Returns the hangs of nodes that a container kept from ending before their deadline: a sidecar that ran on after
     * the main container ended, or an init container that did not end.
     */
    List<Hang> deadlineHangs(List<Suspect> failed) {
        return failed.stream()
                .flatMap(suspect -> suspect
                        .pod()
                        .map(pod -> running.sidecar(suspect, suspect.node().orElseThrow(), pod)
                                .filter(hang -> suspect.isOverdue()))
                        .orElseGet(() -> vanishedPodHang(suspect))
                        .stream())
                .toList();
    }

    /**
     * Returns the hang at an init container of a deleted pod that ran until the deadline. The node's deadline is
     * checked first, since the search in all events takes longer.
     */
    private Optional<Hang> vanishedPodHang(Suspect suspect) {
        return suspect.isOverdue() ? VanishedPod.init(observed, templates, suspect) : Optional.empty();
    }

    private static Optional<Instant> ended(PodState pod) {
        return pod.containers().stream()
                .flatMap(each -> each.terminated().flatMap(ContainerState.Terminated::finished).stream())
                .max(Instant::compareTo);
    }

    /**
     * Returns the hang of a running workflow that waits forever for a task result, if no pod runs that can report it.
     */
    private Optional<Hang> lostResultHang(Suspect suspect, NodeState node) {
        boolean noPodRuns = observed.pods()
                .map(pods -> pods.stream().filter(pod -> !pod.isArtifactGc()).allMatch(PodState::isEnded))
                .ifKnown()
                .orElse(false);
        if (workflow.isStopping() || !noPodRuns) {
            return Optional.empty();
        }
        Boolean reported = workflow.results().get(node.id());
        Optional<Boolean> synced = reported == null ? node.synced() : Optional.empty();
        return Optional.of(hang(
                suspect,
                "task-results-lost",
                evidence(
                        "Workflow " + workflow.namespace() + "/" + workflow.name(),
                        synced.isPresent() ? "status.nodes.taskResultSynced" : "status.taskResultsCompletionStatus",
                        node.id() + ": "
                                + synced.map(String::valueOf)
                                        .orElse(reported == null ? "missing" : reported.toString())),
                Map.of("result", node.id(), "selector", "workflows.argoproj.io/workflow=" + workflow.name())));
    }

    /** Returns the hang of the whole workflow, if none of its nodes has a reason. */
    Optional<Hang> workflowHang(List<Suspect> unfinished) {
        return workflowStateHang(unfinished).map(hang -> isQuietFor(SHORT_TIME) ? hang : hang.ifExplained());
    }

    /**
     * Returns the hang that the state of the workflow shows: its removal, its stop, or a lost result; or no node runs.
     */
    private Optional<Hang> workflowStateHang(List<Suspect> unfinished) {
        String object = "Workflow " + workflow.namespace() + "/" + workflow.name();
        if (workflow.deleting() && workflow.finalizers().contains(GC_FINALIZER)) {
            return Optional.of(hang(
                    Suspect.WORKFLOW,
                    "artifact-gc-pending",
                    evidence(object, "metadata.finalizers", GC_FINALIZER),
                    Map.of()));
        }
        if (workflow.isEnded() || !workflow.started() || workflow.suspended()) {
            return Optional.empty();
        }
        if (!observed.captured() && !isQuietFor(EXPLAINED_HANG_TIME)) {
            return Optional.empty();
        }
        if (workflow.isStopping()) {
            return stopHang(object, unfinished);
        }
        Optional<NodeState> unreported = workflow.nodes().values().stream()
                .filter(node -> !node.isUnfinished()
                        && !workflow.results()
                                .getOrDefault(node.id(), node.synced().orElse(true)))
                .findFirst();
        if (unfinished.isEmpty() && unreported.isPresent() && isQuietFor(SHORT_TIME)) {
            return lostResultHang(Suspect.of(unreported.get(), Optional.empty()), unreported.get());
        }
        boolean idle = unfinished.isEmpty()
                && workflow.phase().equals("Running")
                && workflow.unread().isEmpty()
                && workflow.nodes().values().stream()
                        .noneMatch(
                                node -> node.isUnfinished() && !node.message().isEmpty());
        return idle
                ? Optional.of(hang(
                        Suspect.WORKFLOW, "no-node", evidence(object, "status.nodes", "none is unfinished"), Map.of()))
                : Optional.empty();
    }

    /**
     * Returns the hang of a workflow that a Stop does not end. After a Terminate no pod runs, so that its end depends
     * on the controller only.
     */
    private Optional<Hang> stopHang(String object, List<Suspect> unfinished) {
        boolean hangs = workflow.shutdown().equals("Stop")
                && observed.isOlder(workflow.created(), LONG_TIME)
                && isQuietFor(SHORT_TIME)
                && observed.allPods().stream().noneMatch(pod -> pod.phase().equals("Running"))
                && unfinished.stream().noneMatch(this::isEnding);
        return hangs
                ? Optional.of(hang(
                        Suspect.WORKFLOW,
                        "stop-unfinished",
                        evidence(object, "spec.shutdown", workflow.shutdown() + ", and phase " + workflow.phase()),
                        Map.of("strategy", workflow.shutdown())))
                : Optional.empty();
    }

    /**
     * Returns whether no node has started or ended for this time. The controller takes seconds from one node to the
     * next.
     */
    private boolean isQuietFor(Duration age) {
        Stream<Optional<Instant>> times = Stream.concat(
                Stream.of(workflow.created()),
                workflow.nodes().values().stream().flatMap(node -> Stream.of(node.started(), node.finished())));
        return observed.isOlder(times.flatMap(Optional::stream).max(Instant::compareTo), age);
    }

    /** Returns whether a node of a stopped workflow, such as its exit handler, runs or has just started. */
    private boolean isEnding(Suspect suspect) {
        return !observed.isOlder(suspect.node().flatMap(NodeState::started), LONG_TIME)
                || suspect.pod().filter(pod -> pod.phase().equals("Running")).isPresent();
    }

    static Evidence evidence(String object, String field, String text) {
        return Texts.evidence(object, field, text, Optional.empty());
    }

    static Hang hang(Suspect suspect, String entry, Evidence evidence, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        suspect.pod().ifPresent(pod -> all.putIfAbsent("account", pod.account()));
        return new Hang(
                suspect,
                entry,
                new Symptom(
                        TextOrigin.STATE,
                        "",
                        values.getOrDefault("pod", ""),
                        values.getOrDefault("container", ""),
                        List.of(evidence),
                        Map.of()),
                all,
                /* explainedOnly= */ false);
    }
}
