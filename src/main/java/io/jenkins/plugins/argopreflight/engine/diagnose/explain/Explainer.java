package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.argo.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Consequence;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.Waiting;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.Observed;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.Symptom;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.SymptomTable;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.TextOrigin;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Explains what was observed: one root cause for each node that failed or hangs, the same one only once. */
public final class Explainer {

    /** They say that time is over or that the pod was ended, not why it took so long or who did it. */
    private static final Set<String> SECONDARY = Set.of(Suspect.DEADLINE, "container-killed", "pod-failed-unexplained");

    /** Entries which report that the workflow hangs, without the reason. */
    private static final Set<String> SILENT = Set.of("no-node");

    private static final Set<String> VAGUE = Set.of("container-failed", "unrecognised");

    private final Observed observed;
    private final Judged judged;
    private final CauseBuilder builder;
    private final Refinements refinements;
    private final Logs logs;
    private final ClusterGateway cluster;
    private final SymptomTable table = SymptomTable.get();
    private final CauseList causes = new CauseList();
    private final Set<String> explained = new HashSet<>();

    /**
     * What was found out.
     *
     * @param unknown logs that could not be read
     */
    public record Explanation(
            List<Cause> causes,
            List<Consequence> consequences,
            List<Waiting> waiting,
            List<Diagnosis.Unknown> unknown) {}

    private Explainer(
            Observed observed,
            ClusterGateway cluster,
            Optional<ArgoServer> argo,
            Registry registry,
            DiagnoseRequest request,
            int concurrency) {
        this.observed = observed;
        this.cluster = cluster;
        this.judged = new Judged(cluster, registry, request, concurrency, observed);
        this.builder = new CauseBuilder(observed, judged, request);
        this.logs = new Logs(cluster, argo, request.argoNamespace(), request.logs(), observed.name());
        this.refinements = new Refinements(observed, judged, cluster, logs);
    }

    /** Asks the cluster and registries only when there is something to explain. */
    public static Explanation explain(
            Observed observed,
            ClusterGateway cluster,
            Optional<ArgoServer> argo,
            Registry registry,
            DiagnoseRequest request,
            int concurrency) {
        return new Explainer(observed, cluster, argo, registry, request, concurrency).all();
    }

    private Explanation all() {
        Optional<WorkflowState> workflow = observed.state();
        if (workflow.isEmpty() || !workflow.get().unread().isEmpty()) {
            observed.allPods().forEach(pod -> ofPod(Suspect.of(pod)));
        }
        if (workflow.isEmpty()) {
            return new Explanation(causes.all(), List.of(), List.of(), logs.unread());
        }
        return of(workflow.get());
    }

    private Explanation of(WorkflowState workflow) {
        Templates templates = new Templates(workflow);
        Suspects suspects = new Suspects(workflow, templates, observed);
        Waits waits = new Waits(observed, workflow);
        List<Suspect> failed = suspects.failed();
        List<Suspect> unfinished = suspects.unfinished();
        Hangs hangs = new Hangs(observed, workflow, templates);
        builder.stopped(workflow).ifPresent(causes::add);
        hangs.overdue(failed).forEach(this::add);
        failed.forEach(suspect -> ofNode(suspect, workflow));
        unfinished.stream()
                .filter(suspect -> suspect.pod().filter(waits::isScalingUp).isEmpty())
                .forEach(suspect -> ofNode(suspect, workflow));
        observed.allPods().stream().filter(PodState::isArtifactGc).forEach(pod -> ofPod(Suspect.of(pod)));
        hangs.controller().ifPresent(this::add);
        List<Suspect> quiet = unfinished.stream()
                .filter(suspect ->
                        !explained.contains(suspect.node().orElseThrow().id()))
                .toList();
        ResourceWaits resources = new ResourceWaits(observed, judged, templates);
        if (causes.isEmpty() || causes.isOnly(VAGUE) || causes.isOnly(SECONDARY)) {
            resources
                    .causes(Stream.concat(failed.stream(), quiet.stream()).toList(), builder)
                    .forEach(causes::add);
        }
        if (causes.isEmpty()) {
            hangs.nodes(quiet).stream().filter(this::isReported).forEach(this::add);
            new LockHolders(observed, workflow, cluster).hangs().forEach(this::add);
            ofWorkflow(workflow);
            if (causes.isEmpty()) {
                hangs.whole(unfinished).filter(this::isReported).ifPresent(this::add);
            }
        }
        PossibleCauses possible = new PossibleCauses(observed, workflow, judged, builder);
        if (causes.isEmpty()) {
            quiet.stream()
                    .filter(suspect -> suspect.pod().filter(waits::isScalingUp).isEmpty())
                    .forEach(suspect -> possible.ofNode(suspect).forEach(causes::add));
        } else if (causes.isOnly(SILENT)) {
            possible.ofWorkflow().forEach(causes::addLater);
        }
        if (causes.isOnly(VAGUE)) {
            named(workflow);
        }
        if (!causes.isEmpty()) {
            new LaterObstacles(observed, judged, builder).of(failed, unfinished).forEach(causes::addLater);
        }
        List<Suspect> waiting = unfinished.stream()
                .filter(suspect ->
                        !explained.contains(suspect.node().orElseThrow().id()))
                .toList();
        return new Explanation(
                causes.all(), Consequences.of(workflow, causes.all(), table), waits.all(waiting), logs.unread());
    }

    private void ofNode(Suspect suspect, WorkflowState workflow) {
        NodeState node = suspect.node().orElseThrow();
        if (!node.isFailed() && table.waiting(node.message()).isPresent()) {
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
        symptoms.removeIf(this::saysOnlyThatItFollows);
        explain(suspect, symptoms, stopped && (workflow.isEnded() || node.isFailed()));
    }

    private boolean saysOnlyThatItFollows(Symptom symptom) {
        return table.isConsequence(symptom.text())
                && VAGUE.contains(builder.match(symptom).entry().id());
    }

    private void ofPod(Suspect suspect) {
        PodState pod = suspect.pod().orElseThrow();
        explain(suspect, PodSymptoms.of(observed.namespace(), pod, observed.eventsOf("Pod", pod.name())), false);
    }

    private void explain(Suspect suspect, List<Symptom> symptoms, boolean byStop) {
        Root root = null;
        // A program that gets SIGTERM at its deadline, or as Argo stops it so, ends with whatever code it likes.
        boolean overdue = suspect.pod().filter(PodState::isOverdue).isPresent();
        for (Symptom symptom : symptoms) {
            Root found = new Root(symptom, refinements.of(suspect, symptom, builder.match(symptom)));
            String id = found.id();
            if (byStop && (SECONDARY.contains(id) || (overdue || suspect.isStopped()) && VAGUE.contains(id))) {
                suspect.node().ifPresent(node -> explained.add(node.id()));
                continue;
            }
            boolean deadline = id.equals(Suspect.DEADLINE);
            if (root == null
                    || SECONDARY.contains(root.id()) && (!SECONDARY.contains(id) || deadline)
                    || overdue && VAGUE.contains(root.id()) && deadline) {
                root = found;
            } else if (!SECONDARY.contains(id)
                    && !VAGUE.contains(id)
                    && found.match().entry().permanent().orElse(false)) {
                add(suspect, symptom, found.match());
            }
        }
        if (root != null && !(suspect.retrying() && isWorthARetry(root.match()))) {
            add(suspect, root.symptom(), root.match());
        }
    }

    /** The symptom that explains a suspect, and what it means. */
    private record Root(Symptom symptom, SymptomTable.Match match) {
        String id() {
            return match.entry().id();
        }
    }

    /** Whether the next try can end in another way. */
    private static boolean isWorthARetry(SymptomTable.Match match) {
        return VAGUE.contains(match.entry().id()) || !match.entry().permanent().orElse(false);
    }

    private void add(Suspect suspect, Symptom symptom, SymptomTable.Match match) {
        Cause cause = builder.cause(suspect, symptom, match);
        List<Evidence> logged = refinements.logged(suspect, symptom);
        if (!logged.isEmpty()) {
            cause = cause.shownBy(
                    Stream.concat(cause.evidence().stream(), logged.stream()).toList());
        }
        causes.add(cause);
        suspect.node().ifPresent(node -> explained.add(node.id()));
    }

    private void add(Hangs.Hang hang) {
        Symptom symptom = hang.explainedOnly() ? hang.symptom() : withControllerLog(hang);
        Optional<SymptomTable.Match> logged =
                symptom.text().isEmpty() ? Optional.empty() : table.match(TextOrigin.CONTROLLER_LOG, symptom.text());
        add(
                hang.suspect(),
                symptom,
                logged.orElseGet(() -> new SymptomTable.Match(table.entry(hang.entry()), hang.values())));
    }

    /** Returns whether the workflow hangs without doubt, or the preflight knows the reason. */
    private boolean isReported(Hangs.Hang hang) {
        if (!hang.explainedOnly()) {
            return true;
        }
        SymptomTable.Match match = new SymptomTable.Match(table.entry(hang.entry()), hang.values());
        return !builder.cause(hang.suspect(), hang.symptom(), match).check().equals(hang.entry());
    }

    /** A hang has no text; the controller's log can have one. */
    private Symptom withControllerLog(Hangs.Hang hang) {
        List<String> lines = logs.controller(hang.isOfController()).ifKnown().orElse(List.of());
        return lines.stream()
                .filter(line ->
                        table.match(TextOrigin.CONTROLLER_LOG, unescaped(line)).isPresent())
                .reduce((first, last) -> last)
                .map(line -> hang.symptom()
                        .saying(unescaped(line))
                        .and(List.of(Texts.evidence("controller", "log", line, Optional.empty()))))
                .orElse(hang.symptom());
    }

    /** Both of the controller's log formats quote messages. */
    private static String unescaped(String line) {
        return line.replace("\\\"", "\"");
    }

    private void ofWorkflow(WorkflowState workflow) {
        String message = workflow.message();
        boolean failed = workflow.isFailed() || workflow.started() && !workflow.isEnded();
        if (!message.isEmpty() && failed && table.waiting(message).isEmpty()) {
            ofMessage(workflow, "status.message", message);
        }
        workflow.condition("ArtifactGCError")
                .ifPresent(condition -> ofMessage(workflow, "condition ArtifactGCError", condition.message()));
    }

    /** Where programs only ended with a code, the workflow's own message can say more. */
    private void named(WorkflowState workflow) {
        SymptomTable.Match match =
                builder.match(new Symptom(TextOrigin.WORKFLOW, workflow.message(), "", "", List.of(), Map.of()));
        if (!VAGUE.contains(match.entry().id())
                && !SECONDARY.contains(match.entry().id())) {
            ofMessage(workflow, "status.message", workflow.message());
        }
    }

    private void ofMessage(WorkflowState workflow, String field, String message) {
        Symptom symptom = NodeMessage.stripped(new Symptom(
                TextOrigin.WORKFLOW,
                message,
                "",
                "",
                List.of(Texts.evidence(
                        "Workflow " + workflow.namespace() + "/" + workflow.name(), field, message, Optional.empty())),
                Map.of()));
        SymptomTable.Match match = refinements.of(Suspect.WORKFLOW, symptom, builder.match(symptom));
        if (!match.entry().id().equals("unrecognised") || !table.isConsequence(message)) {
            add(Suspect.WORKFLOW, symptom, match);
        }
    }
}
