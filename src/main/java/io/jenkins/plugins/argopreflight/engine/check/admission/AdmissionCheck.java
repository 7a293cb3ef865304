package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.check.Assumption;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.ItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import java.util.List;
import java.util.Optional;

/** A check of the API server's answers to objects that would be created. Each subclass explains one kind of refusal. */
abstract class AdmissionCheck extends ItemCheck<Admission> {

    AdmissionCheck(CheckInfo info) {
        super(info, Facts::admissions);
    }

    /** Returns whether the check covers an object. By default it covers pods. */
    @Override
    protected boolean concerns(Admission admission) {
        return admission.pod().isPresent() && admission.created().isEmpty();
    }

    /** Returns the finding about a refusal, or empty if another check reports it. */
    abstract Optional<Finding> finding(Facts facts, Admission admission, AdmissionRefusal refusal);

    /** Returns whether this check reports that an object could not be checked. */
    boolean handlesUnknown(Admission admission) {
        return false;
    }

    /** Returns the subject of the finding if an object could not be checked. By default the subject is the workflow. */
    Subject subject(Admission admission) {
        return Places.workflow(admission.workflow(), "");
    }

    @Override
    public boolean lacksFacts(Facts facts) {
        return facts.admissions().stream()
                .anyMatch(
                        admission -> concerns(admission) && admission.refusal().isUnknown());
    }

    @Override
    protected List<Finding> check(Facts facts, Admission admission) {
        return admission
                .refusal()
                .fold(
                        refusal -> refusal.flatMap(each -> refused(facts, admission, each)).stream()
                                .toList(),
                        unknown -> handlesUnknown(admission) ? List.of(unknown(admission, unknown)) : List.of());
    }

    private Optional<Finding> refused(Facts facts, Admission admission, AdmissionRefusal refusal) {
        return finding(facts, admission, refusal)
                .map(found -> withCause(found, Refusal.of(refusal))
                        .evidence(evidence(admission, refusal.message()))
                        .on(pods(admission)))
                .map(found -> Assumption.noteUnreadSettings(facts, withEnding(admission, found)));
    }

    private Finding unknown(Admission admission, Fact.Unknown<Optional<AdmissionRefusal>> unknown) {
        return UnknownFindings.finding(
                        info(), subject(admission), "whether the API server accepts this", unknown.reason() + ".")
                .because(Missing.Unread.of(unknown))
                .on(pods(admission));
    }

    /**
     * Returns the finding with the phase in which the node ends. kubectl in the pod creates the object of a resource
     * template: if the API server refuses it, kubectl fails, and the node ends in Failed. If the API server refuses a
     * pod, the check's own ending applies.
     */
    private static Finding withEnding(Admission admission, Finding finding) {
        return admission.created().isPresent() ? finding.ending(Ending.FAILED) : finding;
    }

    private static Finding withCause(Finding finding, Refusal refusal) {
        return refusal == Refusal.OTHER ? finding : finding.cause(refusal);
    }

    private static List<ArgoPod> pods(Admission admission) {
        return admission.pod().stream().toList();
    }

    /** Returns the server's message, and the user of the dry run. */
    private static List<EvidenceLine> evidence(Admission admission, String message) {
        String user = admission.asUser().isEmpty() ? "your own user" : "user " + admission.asUser();
        String creatorPhrase = admission.created().isPresent()
                ? "; the pod's ServiceAccount creates the object, and webhooks"
                : "; Argo's controller creates the pod, and exemptions, SecurityContextConstraints and webhooks";
        String doubtPhrase = admission.pod().isEmpty() || admission.asController()
                ? ""
                : creatorPhrase + " can decide differently for it";
        return List.of(
                EvidenceLine.exchange("dry run", message), EvidenceLine.words("checked as " + user + doubtPhrase));
    }

    /**
     * Returns the subject for an object of the cluster, such as a policy or a webhook, that caused the refusal. Its
     * location is that of the refused pod or workflow.
     */
    static Subject refusingObject(Admission admission, String kind, String name) {
        return Subject.of(kind, "", name, "")
                .at(admission
                        .pod()
                        .map(ArgoPod::templateLocation)
                        .orElseGet(() -> admission.workflow().document().locate("")));
    }

    /** Returns {@code the pod of template build}, or {@code the workflow}. */
    static String description(Admission admission) {
        return admission.pod().map(AdmissionCheck::pod).orElse("the workflow");
    }

    /** Returns {@code the pod of template build}, or {@code pod build} for a pod that no template describes. */
    static String pod(ArgoPod pod) {
        return pod.template().isEmpty() ? "pod " + pod.name() : "the pod of template " + pod.template();
    }
}
