package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ContainerState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ControllerState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.EventState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.Observed;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.Symptom;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.TextOrigin;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Recognises what hangs without a message: by its state, and by how long it lasts. */
final class Hangs {

    /** A controller that runs sees a workflow within seconds. */
    private static final Duration PICKED_UP = Duration.ofSeconds(30);

    /** What the preflight explains is reported after this time, all else later. */
    private static final Duration SOON = Duration.ofSeconds(20);

    static final Duration SHORT = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String GC_FINALIZER = "workflows.argoproj.io/artifact-gc";

    private static final Set<String> CONTROLLER = Set.of("not-picked-up", "controller-down");

    private final Observed observed;
    private final WorkflowState workflow;
    private final Templates templates;
    private final RunningPod running;

    /**
     * A part of the workflow that hangs.
     *
     * @param entry of the table
     * @param values for its texts
     * @param explainedOnly whether the preflight must find a reason, since the part can also be slow
     */
    record Hang(Suspect suspect, String entry, Symptom symptom, Map<String, String> values, boolean explainedOnly) {

        /** Returns a hang that counts only if the preflight finds a reason. */
        Hang ifExplained() {
            return new Hang(suspect, entry, symptom, values, true);
        }

        /** Whether no controller works at all, so that what its log says of its start is about it. */
        boolean isOfController() {
            return CONTROLLER.contains(entry);
        }
    }

    Hangs(Observed observed, WorkflowState workflow, Templates templates) {
        this.observed = observed;
        this.workflow = workflow;
        this.templates = templates;
        this.running = new RunningPod(observed, templates);
    }

    /** Why no controller works on the workflow, or none works at all. */
    Optional<Hang> controller() {
        boolean unseen =
                !workflow.started() && (observed.captured() || observed.isOlder(workflow.created(), PICKED_UP));
        boolean unfinished = workflow.started() && !workflow.isEnded();
        Optional<Hang> down = unseen || unfinished ? down() : Optional.empty();
        if (down.isPresent() || !unseen) {
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

    private Optional<Hang> down() {
        Optional<ControllerState.Deployment> deployment =
                observed.controller().deployment().ifKnown().flatMap(found -> found);
        if (deployment.filter(ControllerState.Deployment::isDown).isPresent()) {
            ControllerState.Deployment down = deployment.get();
            String why = down.wanted() == 0
                    ? "its Deployment is scaled to 0"
                    : "none of its " + down.wanted() + " pods is available";
            return Optional.of(hang(
                    Suspect.WORKFLOW,
                    "controller-down",
                    evidence(
                            "Deployment " + down.namespace() + "/" + down.name(),
                            "status",
                            why + (down.unavailable().isEmpty() ? "" : ": " + down.unavailable())),
                    Map.of("reason", why, "deployment", down.name(), "argo", down.namespace())));
        }
        return observed.staleLease()
                .filter(lease -> observed.controller().elects())
                .map(lease -> hang(
                        Suspect.WORKFLOW,
                        "controller-down",
                        evidence(
                                "Lease " + lease.namespace() + "/" + lease.name(),
                                "spec.renewTime",
                                lease.renewed().map(Instant::toString).orElse("none")),
                        Map.of("reason", "no controller holds Lease " + lease.name())));
    }

    /** What hangs of the unfinished nodes, each for itself. */
    List<Hang> nodes(List<Suspect> unfinished) {
        List<Hang> hangs = new ArrayList<>();
        for (Suspect suspect : unfinished) {
            NodeState node = suspect.node().orElseThrow();
            if (node.type().equals("Suspend") || !node.lock().isEmpty()) {
                continue;
            }
            suspect.pod()
                    .map(pod -> ofPod(suspect, node, pod))
                    .orElseGet(() -> ofAbsentPod(suspect, node))
                    .ifPresent(hangs::add);
        }
        return hangs;
    }

    private Optional<Hang> ofAbsentPod(Suspect suspect, NodeState node) {
        if (workflow.isStopping()) {
            return Optional.empty();
        }
        if (!(observed.pods() instanceof Fact.Known<List<PodState>>)
                || !observed.isOlder(node.started(), SHORT) && !isKilled(suspect, node)) {
            return Optional.empty();
        }
        if (node.isAgents()) {
            return Optional.of(hang(
                    suspect, "agent-missing", evidence("node " + node.displayName(), "phase", node.phase()), Map.of()));
        }
        if (Boolean.FALSE.equals(workflow.results().get(node.id()))) {
            return lost(suspect, node);
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
     * Returns whether the pod of a Running node was killed, as far as a snapshot without a time shows. A pod that is only
     * absent can have ended and been deleted (podGC) after the workflow was read.
     */
    private boolean isKilled(Suspect suspect, NodeState node) {
        return observed.captured()
                && node.phase().equals("Running")
                && suspect.podNames(workflow.name()).stream()
                        .flatMap(pod -> observed.eventsOf("Pod", pod).stream())
                        .anyMatch(event -> event.reason().equals(EventState.KILLING));
    }

    private Optional<Hang> ofPod(Suspect suspect, NodeState node, PodState pod) {
        if (node.isAgents()) {
            return running.agent(suspect, node, pod);
        }
        if (pod.isEnded()) {
            return observed.isOlder(ended(pod), SHORT) ? lost(suspect, node) : Optional.empty();
        }
        Optional<Hang> blocked = running.sidecar(suspect, node, pod).or(() -> running.daemon(suspect, node, pod));
        if (blocked.isPresent()) {
            return blocked;
        }
        boolean begun = pod.containers().stream()
                .anyMatch(each ->
                        !each.init() && (each.running() || each.terminated().isPresent()));
        if (begun || pod.host().isEmpty() || !observed.isOlder(pod.created(), LONG)) {
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

    /** Of nodes that a deadline ended: a container that ran on beside a main that had done its work, or before it. */
    List<Hang> overdue(List<Suspect> failed) {
        return failed.stream()
                .flatMap(suspect -> suspect
                        .pod()
                        .map(pod -> running.sidecar(suspect, suspect.node().orElseThrow(), pod)
                                .filter(hang -> suspect.isOverdue()))
                        .orElseGet(() -> ofVanishedPod(suspect))
                        .stream())
                .toList();
    }

    /** All events are searched for those of its pod, which takes longer than to look up the deadline's text. */
    private Optional<Hang> ofVanishedPod(Suspect suspect) {
        return suspect.isOverdue() ? VanishedPod.init(observed, templates, suspect) : Optional.empty();
    }

    private static Optional<Instant> ended(PodState pod) {
        return pod.containers().stream()
                .flatMap(each -> each.terminated().flatMap(ContainerState.Terminated::finished).stream())
                .max(Instant::compareTo);
    }

    /** The results for which a workflow waits forever: of one that goes on, and of which no pod runs any more. */
    private Optional<Hang> lost(Suspect suspect, NodeState node) {
        boolean over = observed.pods()
                .map(pods -> pods.stream().filter(pod -> !pod.isArtifactGc()).allMatch(PodState::isEnded))
                .ifKnown()
                .orElse(false);
        if (workflow.isStopping() || !over) {
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

    /** What hangs of the workflow as a whole, when none of its nodes says why. */
    Optional<Hang> whole(List<Suspect> unfinished) {
        return state(unfinished).map(hang -> isQuietFor(SHORT) ? hang : hang.ifExplained());
    }

    private Optional<Hang> state(List<Suspect> unfinished) {
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
        if (!observed.captured() && !isQuietFor(SOON)) {
            return Optional.empty();
        }
        if (workflow.isStopping()) {
            return stopping(object, unfinished);
        }
        Optional<NodeState> unreported = workflow.nodes().values().stream()
                .filter(node -> !node.isUnfinished()
                        && !workflow.results()
                                .getOrDefault(node.id(), node.synced().orElse(true)))
                .findFirst();
        if (unfinished.isEmpty() && unreported.isPresent() && isQuietFor(SHORT)) {
            return lost(Suspect.of(unreported.get(), Optional.empty(), false), unreported.get());
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

    /** Returns that a Stop does not end the workflow. Nothing runs after Terminate: its end then depends on the controller. */
    private Optional<Hang> stopping(String object, List<Suspect> unfinished) {
        boolean hangs = workflow.shutdown().equals("Stop")
                && observed.isOlder(workflow.created(), LONG)
                && isQuietFor(SHORT)
                && observed.allPods().stream().noneMatch(pod -> pod.phase().equals("Running"))
                && unfinished.stream().noneMatch(this::ends);
        return hangs
                ? Optional.of(hang(
                        Suspect.WORKFLOW,
                        "stop-unfinished",
                        evidence(object, "spec.shutdown", workflow.shutdown() + ", and phase " + workflow.phase()),
                        Map.of("strategy", workflow.shutdown())))
                : Optional.empty();
    }

    /** Whether no node has begun or ended for so long: the controller takes seconds from one to the next. */
    private boolean isQuietFor(Duration age) {
        Stream<Optional<Instant>> times = Stream.concat(
                Stream.of(workflow.created()),
                workflow.nodes().values().stream().flatMap(node -> Stream.of(node.started(), node.finished())));
        return observed.isOlder(times.flatMap(Optional::stream).max(Instant::compareTo), age);
    }

    /** Whether a node of a stopped workflow, such as its exit handler, runs or has just begun. */
    private boolean ends(Suspect suspect) {
        return !observed.isOlder(suspect.node().flatMap(NodeState::started), LONG)
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
                false);
    }
}
