package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.check.Assumption;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.DescribedCheck;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A check of what the API server says to an object that would be created: translates one part of it. */
abstract class AdmissionCheck extends DescribedCheck {

    AdmissionCheck(CheckInfo info) {
        super(info);
    }

    AdmissionCheck(String id, String summary) {
        this(info(id, summary));
    }

    static CheckInfo info(String id, String summary) {
        return new CheckInfo(id, summary, Severity.ERROR, Topic.ADMISSION)
                .needing(Need.POD_DRY_RUN)
                .ending(Ending.REFUSED);
    }

    /** Whether this is an object of ours: pods, unless said otherwise. */
    boolean covers(Admission admission) {
        return admission.pod().isPresent() && admission.created().isEmpty();
    }

    /** The refusal in our words, empty when it is another check's. */
    abstract Optional<Finding> finding(Facts facts, Admission admission, String words);

    /** Whether this check is the one that shows what could not be tried. */
    boolean handlesUnknown(Admission admission) {
        return false;
    }

    /** What to look at where it could not be tried: the workflow, unless said otherwise. */
    Subject subject(Admission admission) {
        return Places.workflow(admission.workflow(), "");
    }

    @Override
    public boolean isBlind(Facts facts) {
        return facts.admissions().stream()
                .anyMatch(admission -> covers(admission) && admission.refusal().isUnknown());
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.admissions().stream().anyMatch(this::covers);
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        facts.admissions().stream().filter(this::covers).forEach(admission -> {
            admission
                    .refusal()
                    .ifUnknown()
                    .filter(unknown -> handlesUnknown(admission))
                    .ifPresent(unknown -> findings.add(unknown(admission, unknown)));
            admission
                    .refusal()
                    .ifKnown()
                    .flatMap(refusal -> refusal)
                    .flatMap(words -> finding(facts, admission, words)
                            .map(found -> caused(found, Refusal.of(words)).evidence(said(admission, words))))
                    .ifPresent(found ->
                            findings.add(Assumption.said(facts, ended(admission, found.on(pods(admission))))));
        });
        return findings;
    }

    private Finding unknown(Admission admission, Fact.Unknown<Optional<String>> why) {
        String right = why.missingRight().map(Right::toString).orElse("");
        return Finding.unknown(
                        info(),
                        subject(admission),
                        "Could not check whether the API server accepts this: " + why.reason()
                                + (right.isEmpty() || why.reason().contains(right) ? "" : " (missing: " + right + ")")
                                + ".")
                .title("Could not check whether the API server accepts this")
                .on(pods(admission));
    }

    /** Of an object that a resource template creates, kubectl reports the refusal. */
    private static Finding ended(Admission admission, Finding finding) {
        return admission.created().isPresent() ? finding.ending(Ending.FAILED) : finding;
    }

    private static Finding caused(Finding finding, Refusal refusal) {
        return refusal == Refusal.OTHER ? finding : finding.cause(refusal);
    }

    private static List<ArgoPod> pods(Admission admission) {
        return admission.pod().stream().toList();
    }

    /** The server's words, and to whom it said them. */
    private static List<EvidenceLine> said(Admission admission, String words) {
        String user = admission.asUser().isEmpty() ? "your own user" : "user " + admission.asUser();
        String creator = admission.created().isPresent()
                ? "; the pod's ServiceAccount creates the object, and webhooks"
                : "; Argo's controller creates the pod, and exemptions, SecurityContextConstraints and webhooks";
        String doubt =
                admission.pod().isEmpty() || admission.asController() ? "" : creator + " can decide differently for it";
        return List.of(EvidenceLine.exchange("dry run", words), EvidenceLine.words("checked as " + user + doubt));
    }

    /** An object of the cluster's operators that judges, at the place of what it judges. */
    static Subject judge(Admission admission, String kind, String name) {
        return Subject.of(kind, "", name, "")
                .at(admission
                        .pod()
                        .map(ArgoPod::templateLocation)
                        .orElseGet(() -> admission.workflow().document().locate("")));
    }

    /** {@code the pod of template build}, or {@code the workflow}. */
    static String what(Admission admission) {
        return admission.pod().map(AdmissionCheck::pod).orElse("the workflow");
    }

    /** {@code template build}, or the pod where Argo itself makes it. */
    static String pod(ArgoPod pod) {
        return pod.template().isEmpty() ? "pod " + pod.name() : "the pod of template " + pod.template();
    }
}
