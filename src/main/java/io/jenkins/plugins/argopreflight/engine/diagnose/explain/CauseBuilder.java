package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.Next;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ObservedState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.StopOrigin;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.Entry;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.Symptom;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.SymptomTable;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.TextOrigin;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.Values;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A builder of causes from symptoms. A cause is a finding of the preflight that explains the symptom, else the entry of
 * the symptom table.
 */
final class CauseBuilder {

    private static final Set<String> MANIFESTS =
            Set.of("Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow", "Template");
    /** The checks whose problems stay in a pod that exists, even after their cause is corrected. */
    private static final Set<String> STAY_IN_POD = Set.of(
            "pull-secret-not-bound",
            "artifact-gc-pull",
            "automount-off",
            "executor-image",
            "run-as-non-root",
            "secrets-first",
            "enforce-mountable-secrets");

    /** The actions that help only while there is a pod. */
    private static final Set<Next> POD_ACTIONS = Set.of(Next.WAIT, Next.RECREATE_POD);

    /** The name of the ConfigMap with a namespace's artifact repositories. */
    private static final String REPOSITORIES = "artifact-repositories";

    /** The value with the sentence about how to see the lines of a container's log; {@code ""} if they are read. */
    private static final String LOG_HINT = "log-hint";

    private final ObservedState observed;
    private final PreflightFindings findings;
    private final SymptomTable table = SymptomTable.get();
    private final Map<String, String> context = new HashMap<>();

    CauseBuilder(ObservedState observed, PreflightFindings findings, DiagnoseRequest request) {
        this.observed = observed;
        this.findings = findings;
        context.put("stopped-by", StopOrigin.UNKNOWN);
        context.put("namespace", observed.namespace());
        context.put("account-namespace", observed.namespace());
        context.put("workflow", observed.name());
        context.put("argo", request.argoNamespace());
        context.put(LOG_HINT, request.logs().isRead() ? "" : request.logs().option() + " shows its last lines here.");
        context.put("settings", observed.controller().settings());
        context.put("deployment", observed.controller().name());
        context.put(
                "account",
                observed.state()
                        .map(state -> Json.text(state.spec(), "serviceAccountName"))
                        .filter(account -> !account.isEmpty())
                        .orElse("default"));
    }

    /** Returns the entry that matches the text of a symptom, else the entry for texts that are not recognised. */
    SymptomTable.Match match(Symptom symptom) {
        return table.match(symptom.place(), symptom.text())
                .orElseGet(() -> new SymptomTable.Match(table.entry("unrecognised"), Map.of()));
    }

    /** Returns the cause of a symptom: the finding of the preflight that explains it, else the table's entry. */
    IdentifiedCause cause(Suspect suspect, Symptom symptom, SymptomTable.Match match) {
        Entry entry = match.entry();
        List<String> pods = suspect.podNames(observed.name());
        String image = symptom.values().getOrDefault("image", "");
        Optional<Finding> finding = entry.checks().isEmpty()
                ? Optional.empty()
                : PreflightFindings.find(findings.ofWorkflow(), entry.checks(), pods, symptom.container(), image)
                        .or(() -> observed.state().isPresent()
                                ? Optional.empty()
                                : PreflightFindings.find(
                                        findings.ofPods(), entry.checks(), pods, symptom.container(), image));
        return finding.or(() -> refusal(suspect, entry, pods))
                .map(found -> causeFromFinding(suspect, symptom.evidence(), entry, found))
                .orElseGet(() -> causeFromTable(suspect, symptom, entry, values(suspect, symptom, match.values())));
    }

    /** Returns the finding that explains why a node had no pod until its deadline. */
    private Optional<Finding> refusal(Suspect suspect, Entry entry, List<String> pods) {
        boolean hadNoPod = entry.id().equals(Suspect.DEADLINE)
                && suspect.pod().isEmpty()
                && suspect.node().filter(node -> node.host().isEmpty()).isPresent();
        return hadNoPod
                ? PreflightFindings.laterFailures(findings.ofWorkflow(), pods).stream()
                        .findFirst()
                : Optional.empty();
    }

    /** Returns the cause of a workflow that was stopped by {@code spec.shutdown}. */
    Optional<IdentifiedCause> causeOfStop(WorkflowState workflow) {
        if (workflow.shutdown().isEmpty() || !workflow.isFailed()) {
            return Optional.empty();
        }
        String text = workflow.message().isEmpty() ? "Stopped" : workflow.message();
        Evidence evidence = Texts.evidence(
                "Workflow " + workflow.namespace() + "/" + workflow.name(),
                "spec.shutdown",
                workflow.shutdown() + ": " + text,
                Optional.empty());
        Symptom symptom = new Symptom(TextOrigin.STATE, text, "", "", List.of(evidence), Map.of());
        return Optional.of(causeFromTable(
                Suspect.WORKFLOW,
                symptom,
                table.entry("stopped"),
                values(
                        Suspect.WORKFLOW,
                        symptom,
                        Map.of("strategy", workflow.shutdown(), "stopped-by", workflow.stoppedBy()))));
    }

    /** Returns the cause with the texts of the table's entry. */
    IdentifiedCause causeFromTable(Suspect suspect, Symptom symptom, Entry entry, Map<String, String> values) {
        Cause.Subject subject = subject(suspect, symptom, entry, values);
        boolean permanent = entry.permanent().orElse(false);
        // A node that hangs continues after the fix, also if its pod has ended.
        boolean isOver = symptom.place() == TextOrigin.STATE ? isEnded() : isOver(suspect);
        String title = Values.first(entry.titles(), values);
        Cause cause = cause(
                        entry.id(),
                        Values.title(title, values),
                        subject,
                        Values.fill(Values.first(entry.details(), values), values)
                                .strip(),
                        permanent,
                        entry.next()
                                .filter(next -> !isOver || !POD_ACTIONS.contains(next))
                                .orElseGet(() -> next(suspect, entry.id(), subject, permanent)),
                        suspect,
                        symptom.evidence())
                .withFixes(entry.fixes().stream().map(fix -> fix.fill(values)).toList());
        return new IdentifiedCause(cause, Values.wholeTitle(title, values));
    }

    /** Returns a cause from a finding of the preflight, with the evidence of a symptom that matched the entry. */
    IdentifiedCause causeFromFinding(Suspect suspect, List<Evidence> evidence, String entry, Finding finding) {
        return causeFromFinding(suspect, evidence, table.entry(entry), finding);
    }

    private IdentifiedCause causeFromFinding(Suspect suspect, List<Evidence> evidence, Entry entry, Finding finding) {
        return causeFromFinding(suspect, evidence, finding, isTransient(entry, finding));
    }

    /** Returns whether waiting helps. The rules for the finding's check come first, then those of the entry. */
    private boolean isTransient(Entry entry, Finding finding) {
        boolean fails = finding.outcome() == Outcome.FAIL;
        if (table.isTransient(finding.check(), finding.cause())) {
            return true;
        }
        return !(fails && table.isPermanent(finding.check(), finding.cause()))
                && !entry.permanent().orElse(fails);
    }

    private IdentifiedCause causeFromFinding(
            Suspect suspect, List<Evidence> evidence, Finding finding, boolean isTransient) {
        Cause.Subject subject = new Cause.Subject(
                finding.subject().kind(),
                finding.subject().namespace(),
                finding.subject().name(),
                finding.subject().container(),
                finding.subject().path());
        List<Evidence> allEvidence = new ArrayList<>(evidence);
        finding.evidence().forEach(line -> allEvidence.add(new Evidence("preflight", finding.check(), line, "", 1)));
        Cause cause = cause(
                        finding.check(),
                        finding.title(),
                        subject,
                        finding.detail(),
                        !isTransient,
                        next(suspect, finding.check(), subject, !isTransient),
                        suspect,
                        allEvidence)
                .withFixes(finding.fixes());
        return new IdentifiedCause(cause, finding.explanation().wholeTitle());
    }

    /** Returns the cause that will stop a pod later, after its present problem is fixed. */
    IdentifiedCause laterCause(Finding finding, Suspect suspect) {
        IdentifiedCause cause = causeFromFinding(
                suspect,
                List.of(new Evidence(
                        "preflight", finding.check(), "not reached yet: the pod has not got that far", "", 1)),
                table.entry("image-pull-failed"),
                finding);
        return cause.withNodes(List.of());
    }

    /**
     * Returns a possible cause: a problem of objects for which a node can hang without a message. The cause is
     * permanent if the problem is permanent.
     */
    IdentifiedCause possibleCause(Finding finding, Suspect suspect) {
        String object = suspect.node().isPresent() ? "node " + suspect.displayName() : "the workflow";
        boolean isTransient = table.isTransient(finding.check(), finding.cause());
        return causeFromFinding(suspect, List.of(Evidence.ofPossible(finding.check(), object)), finding, isTransient);
    }

    private static Cause cause(
            String check,
            String title,
            Cause.Subject subject,
            String detail,
            boolean permanent,
            Next next,
            Suspect suspect,
            List<Evidence> evidence) {
        List<String> nodes = suspect.node().isPresent() ? List.of(suspect.displayName()) : List.of();
        return new Cause(check, title, subject, detail, permanent, next, nodes, evidence, List.of(), null);
    }

    /** Returns the values for the placeholders of a title, a detail or a fix. */
    private Map<String, String> values(Suspect suspect, Symptom symptom, Map<String, String> matched) {
        Map<String, String> values = new HashMap<>(context);
        values.put("pod", symptom.pod().isEmpty() ? suspect.podName(observed.name()) : symptom.pod());
        values.put("container", symptom.container().isEmpty() ? "main" : symptom.container());
        symptom.values().forEach((name, value) -> {
            if (!value.isEmpty()) {
                values.put(name, value);
            }
        });
        matched.forEach(values::put);
        return values;
    }

    private Cause.Subject subject(Suspect suspect, Symptom symptom, Entry entry, Map<String, String> values) {
        Map<String, String> fields = entry.subject();
        String kind = Values.fill(fields.getOrDefault("kind", ""), values);
        String path = Values.fill(fields.getOrDefault("path", ""), values);
        if (kind.equals("Template")) {
            return template(suspect, symptom.container(), path);
        }
        if (!Values.isKnown(fields.getOrDefault("name", ""), values)) {
            return new Cause.Subject("Pod", observed.namespace(), suspect.podName(observed.name()), "", "");
        }
        String name = Values.fill(fields.getOrDefault("name", ""), values);
        if (name.equals(REPOSITORIES)) {
            Optional<Cause.Subject> storage = storage(suspect, symptom);
            if (storage.isPresent()) {
                return storage.get();
            }
        }
        return new Cause.Subject(
                kind,
                Values.fill(fields.getOrDefault("namespace", ""), values),
                name.isEmpty() && kind.equals("Pod") ? suspect.podName(observed.name()) : name,
                fields.containsKey("container") ? symptom.container() : "",
                path);
    }

    private Optional<Cause.Subject> storage(Suspect suspect, Symptom symptom) {
        String list =
                symptom.text().contains("failed to put") || symptom.container().equals("wait") ? "outputs" : "inputs";
        return suspect.node()
                .flatMap(node -> observed.state().flatMap(state -> new Templates(state).storage(node, list)));
    }

    private Cause.Subject template(Suspect suspect, String container, String path) {
        Optional<WorkflowState> workflow = observed.state();
        if (suspect.node().isPresent() && workflow.isPresent()) {
            return new Templates(workflow.get()).place(suspect.node().get(), container, path);
        }
        return suspect.pod()
                .map(pod -> new Cause.Subject("Pod", observed.namespace(), pod.name(), container, path))
                .orElseGet(() -> new Cause.Subject("Workflow", observed.namespace(), observed.name(), container, path));
    }

    private Next next(Suspect suspect, String check, Cause.Subject subject, boolean permanent) {
        if (MANIFESTS.contains(subject.kind())) {
            // A misspelt host name in the manifest is also in the existing pod.
            boolean needsNewManifest = permanent || check.equals("registry-unreachable");
            return needsNewManifest || isOver(suspect) ? Next.RESUBMIT : Next.WAIT;
        }
        if (observed.state().filter(state -> state.phase().equals("Succeeded")).isPresent()) {
            return STAY_IN_POD.contains(check) ? Next.RECREATE_POD : Next.NOTHING;
        }
        if (isOver(suspect)) {
            return observed.state().filter(state -> !state.nodes().isEmpty()).isPresent() ? Next.RETRY : Next.RESUBMIT;
        }
        return STAY_IN_POD.contains(check) ? Next.RECREATE_POD : Next.WAIT;
    }

    /** Returns whether the suspect or its workflow has ended, and no retry follows. */
    private boolean isOver(Suspect suspect) {
        boolean ended = suspect.node().filter(NodeState::isFailed).isPresent()
                || suspect.pod().filter(PodState::isEnded).isPresent();
        return ended && !suspect.retrying() || isEnded();
    }

    private boolean isEnded() {
        return observed.state().filter(WorkflowState::isEnded).isPresent();
    }
}
