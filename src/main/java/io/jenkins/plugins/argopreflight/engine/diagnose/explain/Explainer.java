package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Consequence;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.Waiting;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ObservedState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.Symptom;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.SymptomTable;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.TextOrigin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The explanation of an observed workflow: a root cause for each node that failed or hangs. Equal causes are reported
 * once.
 */
public final class Explainer {

    /**
     * The entries which report that the time was over or the pod was ended, but not why it took so long or what ended
     * it.
     */
    private static final Set<String> SECONDARY = Set.of(Suspect.DEADLINE, "container-killed", "pod-failed-unexplained");

    /** The entries which report that the workflow hangs, without the reason. */
    private static final Set<String> WITHOUT_REASON = Set.of("no-node");

    private static final Set<String> VAGUE = Set.of("container-failed", "unrecognised");

    private final ObservedState observed;
    private final PreflightFindings findings;
    private final CauseBuilder builder;
    private final Refinements refinements;
    private final Logs logs;
    private final ClusterGateway cluster;
    private final SymptomTable table = SymptomTable.get();
    private final CauseList causes = new CauseList();
    private final Set<String> explained = new HashSet<>();

    /**
     * The result of an explanation.
     *
     * @param unknown the logs that could not be read
     */
    public record Explanation(
            List<Cause> causes,
            List<Consequence> consequences,
            List<Waiting> waiting,
            List<Diagnosis.Unknown> unknown) {}

    private Explainer(
            ObservedState observed,
            ClusterGateway cluster,
            Optional<ArgoServer> argo,
            Registry registry,
            DiagnoseRequest request,
            int concurrency) {
        this.observed = observed;
        this.cluster = cluster;
        this.findings = new PreflightFindings(cluster, registry, request, concurrency, observed);
        this.builder = new CauseBuilder(observed, findings, request);
        this.logs = new Logs(cluster, argo, request.argoNamespace(), request.logs(), observed.name());
        this.refinements = new Refinements(observed, findings, cluster, logs);
    }

    /** Explains the observed state. The cluster and the registries are asked only if there is something to explain. */
    public static Explanation explain(
            ObservedState observed,
            ClusterGateway cluster,
            Optional<ArgoServer> argo,
            Registry registry,
            DiagnoseRequest request,
            int concurrency) {
        return new Explainer(observed, cluster, argo, registry, request, concurrency).explainAll();
    }

    private Explanation explainAll() {
        Optional<WorkflowState> workflow = observed.state();
        if (workflow.isEmpty() || !workflow.get().unread().isEmpty()) {
            observed.allPods().forEach(pod -> explainPod(Suspect.of(pod)));
        }
        if (workflow.isEmpty()) {
            return new Explanation(causes.all(), List.of(), List.of(), logs.unread());
        }
        return explain(workflow.get());
    }

    /** Explains a workflow: certain causes first, less certain ones only if there are no better ones. */
    private Explanation explain(WorkflowState workflow) {
        Templates templates = new Templates(workflow);
        Suspects suspects = new Suspects(workflow, templates, observed);
        Waits waits = new Waits(observed, workflow);
        List<Suspect> failed = suspects.failed();
        List<Suspect> unfinished = suspects.unfinished();
        HangDetector hangDetector = new HangDetector(observed, workflow, templates);
        builder.causeOfStop(workflow).ifPresent(causes::add);
        hangDetector.deadlineHangs(failed).forEach(this::add);
        failed.forEach(suspect -> explainNode(suspect, workflow));
        unfinished.stream()
                .filter(suspect -> suspect.pod().filter(waits::isScalingUp).isEmpty())
                .forEach(suspect -> explainNode(suspect, workflow));
        observed.allPods().stream().filter(PodState::isArtifactGc).forEach(pod -> explainPod(Suspect.of(pod)));
        hangDetector.controllerHang().ifPresent(this::add);
        List<Suspect> unexplained = unfinished.stream()
                .filter(suspect ->
                        !explained.contains(suspect.node().orElseThrow().id()))
                .toList();
        ResourceWaits resources = new ResourceWaits(observed, findings, templates);
        if (causes.isEmpty() || causes.isOnly(VAGUE) || causes.isOnly(SECONDARY)) {
            resources
                    .causes(Stream.concat(failed.stream(), unexplained.stream()).toList(), builder)
                    .forEach(causes::add);
        }
        if (causes.isEmpty()) {
            hangDetector.nodeHangs(unexplained).stream()
                    .filter(this::isReported)
                    .forEach(this::add);
            new LockHolders(observed, workflow, cluster).hangs().forEach(this::add);
            explainWorkflow(workflow);
            if (causes.isEmpty()) {
                hangDetector.workflowHang(unfinished).filter(this::isReported).ifPresent(this::add);
            }
        }
        PossibleCauses possible = new PossibleCauses(observed, workflow, findings, builder);
        if (causes.isEmpty()) {
            unexplained.stream()
                    .filter(suspect -> suspect.pod().filter(waits::isScalingUp).isEmpty())
                    .forEach(suspect -> possible.ofNode(suspect).forEach(causes::add));
        } else if (causes.isOnly(WITHOUT_REASON)) {
            possible.ofWorkflow().forEach(causes::addLater);
        }
        if (causes.isOnly(VAGUE)) {
            addMessageOfWorkflow(workflow);
        }
        if (!causes.isEmpty()) {
            new LaterObstacles(observed, findings, builder)
                    .find(failed, unfinished)
                    .forEach(causes::addLater);
        }
        List<Suspect> waiting = unfinished.stream()
                .filter(suspect ->
                        !explained.contains(suspect.node().orElseThrow().id()))
                .toList();
        return new Explanation(
                causes.all(), Consequences.of(workflow, causes.all(), table), waits.all(waiting), logs.unread());
    }

    private void explainNode(Suspect suspect, WorkflowState workflow) {
        NodeState node = suspect.node().orElseThrow();
        if (!node.isFailed() && table.waitReason(node.message()).isPresent()) {
            return;
        }
        List<Symptom> symptoms = new ArrayList<>(suspect.pod()
                .map(pod -> PodSymptoms.of(observed.namespace(), pod, observed.eventsOf("Pod", pod.name())))
                .orElseGet(() -> VanishedPod.of(observed, suspect)));
        if (node.isFailed() && suspect.pod().isPresent() && symptoms.isEmpty()
                || suspect.pod().isEmpty()) {
            NodeMessage.of(node).map(NodeMessage::stripped).ifPresent(symptoms::add);
        }
        boolean stopped = !workflow.shutdown().isEmpty();
        symptoms.removeIf(this::isOnlyConsequence);
        explain(suspect, symptoms, stopped && (workflow.isEnded() || node.isFailed()));
    }

    private boolean isOnlyConsequence(Symptom symptom) {
        return table.isConsequence(symptom.text())
                && VAGUE.contains(builder.match(symptom).entry().id());
    }

    private void explainPod(Suspect suspect) {
        PodState pod = suspect.pod().orElseThrow();
        explain(
                suspect,
                PodSymptoms.of(observed.namespace(), pod, observed.eventsOf("Pod", pod.name())),
                /* wasStopped= */ false);
    }

    /**
     * Adds the root cause of a suspect, and its other permanent causes. The root cause is the first symptom that does
     * not only report a deadline or the end of the pod.
     *
     * @param wasStopped whether the workflow was stopped, so that an end by a signal is no failure
     */
    private void explain(Suspect suspect, List<Symptom> symptoms, boolean wasStopped) {
        Root root = null;
        // A program that gets SIGTERM, at its deadline or from Argo, can end with any code.
        boolean overdue = suspect.pod().filter(PodState::isOverdue).isPresent();
        for (Symptom symptom : symptoms) {
            Root candidate = new Root(symptom, refinements.refine(suspect, symptom, builder.match(symptom)));
            String id = candidate.id();
            if (wasStopped && (SECONDARY.contains(id) || (overdue || suspect.isStopped()) && VAGUE.contains(id))) {
                suspect.node().ifPresent(node -> explained.add(node.id()));
                continue;
            }
            boolean deadline = id.equals(Suspect.DEADLINE);
            if (root == null
                    || SECONDARY.contains(root.id()) && (!SECONDARY.contains(id) || deadline)
                    || overdue && VAGUE.contains(root.id()) && deadline) {
                root = candidate;
            } else if (!SECONDARY.contains(id)
                    && !VAGUE.contains(id)
                    && candidate.match().entry().permanent().orElse(false)) {
                add(suspect, symptom, candidate.match());
            }
        }
        if (root != null && !(suspect.retrying() && canRetryHelp(root.match()))) {
            add(suspect, root.symptom(), root.match());
        }
    }

    /** The symptom that explains a suspect, with the entry that it matches. */
    private record Root(Symptom symptom, SymptomTable.Match match) {
        String id() {
            return match.entry().id();
        }
    }

    /** Returns whether the next retry can have another result. */
    private static boolean canRetryHelp(SymptomTable.Match match) {
        return VAGUE.contains(match.entry().id()) || !match.entry().permanent().orElse(false);
    }

    private void add(Suspect suspect, Symptom symptom, SymptomTable.Match match) {
        IdentifiedCause cause = builder.cause(suspect, symptom, match);
        List<Evidence> logEvidence = refinements.logEvidence(suspect, symptom);
        if (!logEvidence.isEmpty()) {
            cause = cause.withEvidence(Stream.concat(cause.cause().evidence().stream(), logEvidence.stream())
                    .toList());
        }
        causes.add(cause);
        suspect.node().ifPresent(node -> explained.add(node.id()));
    }

    private void add(HangDetector.Hang hang) {
        Symptom symptom = hang.explainedOnly() ? hang.symptom() : withControllerLog(hang);
        Optional<SymptomTable.Match> logEvidence =
                symptom.text().isEmpty() ? Optional.empty() : table.match(TextOrigin.CONTROLLER_LOG, symptom.text());
        add(
                hang.suspect(),
                symptom,
                logEvidence.orElseGet(() -> new SymptomTable.Match(table.entry(hang.entry()), hang.values())));
    }

    /** Returns whether it is certain that the workflow hangs, or the preflight has a reason. */
    private boolean isReported(HangDetector.Hang hang) {
        if (!hang.explainedOnly()) {
            return true;
        }
        SymptomTable.Match match = new SymptomTable.Match(table.entry(hang.entry()), hang.values());
        return !builder.cause(hang.suspect(), hang.symptom(), match)
                .cause()
                .check()
                .equals(hang.entry());
    }

    /** Returns the symptom of a hang, with a line of the controller's log if one matches. */
    private Symptom withControllerLog(HangDetector.Hang hang) {
        List<String> lines = logs.controller(hang.isOfController()).ifKnown().orElse(List.of());
        return lines.stream()
                .filter(line ->
                        table.match(TextOrigin.CONTROLLER_LOG, unescaped(line)).isPresent())
                .reduce((first, last) -> last)
                .map(line -> hang.symptom()
                        .withText(unescaped(line))
                        .and(List.of(Texts.evidence("controller", "log", line, Optional.empty()))))
                .orElse(hang.symptom());
    }

    /** Returns the line with its quotation marks unescaped: both log formats of the controller quote messages. */
    private static String unescaped(String line) {
        return line.replace("\\\"", "\"");
    }

    private void explainWorkflow(WorkflowState workflow) {
        String message = workflow.message();
        boolean failed = workflow.isFailed() || workflow.started() && !workflow.isEnded();
        if (!message.isEmpty() && failed && table.waitReason(message).isEmpty()) {
            explainMessage(workflow, "status.message", message);
        }
        workflow.condition("ArtifactGCError")
                .ifPresent(condition -> explainMessage(workflow, "condition ArtifactGCError", condition.message()));
    }

    /** Adds the cause in the message of the workflow, if it is more specific than an exit code. */
    private void addMessageOfWorkflow(WorkflowState workflow) {
        SymptomTable.Match match =
                builder.match(new Symptom(TextOrigin.WORKFLOW, workflow.message(), "", "", List.of(), Map.of()));
        if (!VAGUE.contains(match.entry().id())
                && !SECONDARY.contains(match.entry().id())) {
            explainMessage(workflow, "status.message", workflow.message());
        }
    }

    private void explainMessage(WorkflowState workflow, String field, String message) {
        Symptom symptom = NodeMessage.stripped(new Symptom(
                TextOrigin.WORKFLOW,
                message,
                "",
                "",
                List.of(Texts.evidence(
                        "Workflow " + workflow.namespace() + "/" + workflow.name(), field, message, Optional.empty())),
                Map.of()));
        SymptomTable.Match match = refinements.refine(Suspect.WORKFLOW, symptom, builder.match(symptom));
        if (!match.entry().id().equals("unrecognised") || !table.isConsequence(message)) {
            add(Suspect.WORKFLOW, symptom, match);
        }
    }
}
