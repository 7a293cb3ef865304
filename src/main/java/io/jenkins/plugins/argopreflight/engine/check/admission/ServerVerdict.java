package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.NamespaceAnswers;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A check for problems of a pod, of the workflow or of an object that it creates which only the API server finds, in
 * the server's words.
 */
public final class ServerVerdict extends AdmissionCheck {

    private static final Pattern PRIORITY = Pattern.compile("no PriorityClass with name (\\S+) was found");
    private static final Pattern RUNTIME = Pattern.compile("RuntimeClass \"([^\"]+)\" not found");

    public ServerVerdict() {
        super(CheckInfo.error(
                        "server-verdict",
                        "The API server refuses a pod, the workflow or what it creates",
                        Topic.ADMISSION)
                .ending(Ending.REFUSED)
                .needing(
                        Need.POD_DRY_RUN,
                        Need.WORKFLOW_DRY_RUN,
                        Need.CREATED_DRY_RUN,
                        Need.SERVICE_ACCOUNTS,
                        Need.PRIORITY_CLASSES,
                        Need.RUNTIME_CLASSES)
                .alsoGiving(Outcome.WARN));
    }

    @Override
    protected boolean concerns(Admission admission) {
        return true;
    }

    @Override
    boolean handlesUnknown(Admission admission) {
        return admission.policy().isEmpty();
    }

    @Override
    public List<Finding> check(Facts facts) {
        WorkflowInvalid workflowInvalid = new WorkflowInvalid(info());
        List<Finding> findings = new Findings();
        findings.addAll(absent(facts));
        findings.addAll(super.check(facts));
        for (Admission admission : facts.admissions()) {
            admission
                    .asWritten()
                    .map(refusal -> workflowInvalid.asWritten(admission, refusal))
                    .ifPresent(findings::add);
        }
        return findings;
    }

    /** Returns a finding for each namespace of workflows that does not exist. */
    private List<Finding> absent(Facts facts) {
        Map<String, WorkflowFacts> namespaces = new LinkedHashMap<>();
        facts.workflows().forEach(workflow -> namespaces.putIfAbsent(workflow.namespace(), workflow));
        List<Finding> findings = new Findings();
        namespaces.forEach((namespace, workflow) -> {
            List<? extends EvidenceLine> words = facts.admissions().stream()
                    .filter(each -> each.created().isEmpty()
                            && each.workflow().namespace().equals(namespace))
                    .flatMap(each -> each.refusal().ifKnown().flatMap(refusal -> refusal).stream())
                    .filter(each -> Refusal.of(each) == Refusal.NAMESPACE && !isTerminating(each.message()))
                    .map(AdmissionRefusal::message)
                    .distinct()
                    .map(each -> EvidenceLine.exchange("dry run", each))
                    .toList();
            if (!words.isEmpty() || NamespaceAnswers.isAbsent(facts, namespace)) {
                findings.add(Finding.fail(
                                info(),
                                namespace(workflow),
                                "Namespace " + namespace
                                        + " does not exist, so nothing can be created in it. Create it,"
                                        + " or correct its name.")
                        .title("Namespace %s does not exist", namespace)
                        .cause(Refusal.NAMESPACE)
                        .because(NamespaceAnswers.missing(namespace))
                        .evidence(words)
                        .fix(create(namespace)));
            }
        });
        return findings;
    }

    private static boolean isTerminating(String words) {
        return words.contains("terminated");
    }

    private static Subject namespace(WorkflowFacts workflow) {
        return Subject.of("Namespace", "", workflow.namespace(), "")
                .at(workflow.document().locate("metadata.namespace"));
    }

    private static Fix create(String namespace) {
        return RunCommands.of(Command.kubectl("create", "namespace").with(Operand.namespace(namespace)));
    }

    @Override
    Optional<Finding> finding(Facts facts, Admission admission, AdmissionRefusal refusal) {
        String message = refusal.message();
        if (admission.created().isPresent()) {
            return Optional.of(new WorkflowInvalid(info())
                    .created(admission, admission.created().get(), refusal));
        }
        String namespace = admission.workflow().namespace();
        return switch (Refusal.of(refusal)) {
            case NAMESPACE ->
                isTerminating(message)
                        ? Optional.of(Finding.fail(
                                        info(),
                                        namespace(admission.workflow()),
                                        "Namespace " + namespace
                                                + " is being deleted, and nothing can be created in it.")
                                .title("Namespace %s is being deleted", namespace)
                                .fix(create(namespace)))
                        : Optional.empty();
            case OTHER ->
                isReportedOfItsClass(facts, message)
                        ? Optional.empty()
                        : Optional.of(Finding.fail(
                                        info(),
                                        Places.workflow(admission.workflow(), "")
                                                .at(admission
                                                        .pod()
                                                        .map(ArgoPod::templateLocation)
                                                        .orElseGet(() -> admission
                                                                .workflow()
                                                                .document()
                                                                .locate(""))),
                                        "The API server refuses "
                                                + admission
                                                        .pod()
                                                        .map(AdmissionCheck::pod)
                                                        .orElse("the workflow") + ": "
                                                + message + ".")
                                .title(
                                        "The API server refuses %s",
                                        admission.pod().map(AdmissionCheck::pod).orElse("the workflow"))
                                .fix(AskPerson.reader("change the field or the policy that the server reports")));
            case INVALID ->
                Optional.of(
                        admission.pod().isPresent()
                                ? PodInvalid.finding(info(), facts, admission, refusal)
                                : new WorkflowInvalid(info()).workflow(admission, refusal));
            case SERVICE_ACCOUNT ->
                admission.pod().isPresent()
                        ? new AccountRefused(info()).finding(facts, admission, message)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /**
     * Returns whether the check of a PriorityClass or RuntimeClass reports the refusal, because it knows that the class
     * does not exist.
     */
    private static boolean isReportedOfItsClass(Facts facts, String message) {
        Matcher priority = PRIORITY.matcher(message);
        Matcher runtime = RUNTIME.matcher(message);
        return priority.find() && isAbsent(facts, Resource.PRIORITY_CLASSES, priority.group(1))
                || runtime.find() && isAbsent(facts, Resource.RUNTIME_CLASSES, runtime.group(1));
    }

    private static boolean isAbsent(Facts facts, Resource resource, String name) {
        return facts.cluster()
                .get(resource, "", name)
                .ifKnown()
                .filter(Optional::isEmpty)
                .isPresent();
    }
}
