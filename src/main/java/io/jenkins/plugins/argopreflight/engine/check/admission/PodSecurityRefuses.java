package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.location.SettingFix;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.PodSecurityRefusal;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.Violation;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A check for pods that Pod Security refuses. The finding lists the containers, the reasons, and the fixes. */
public final class PodSecurityRefuses extends AdmissionCheck {

    public PodSecurityRefuses() {
        super(CheckInfo.error("pod-security", "Pod Security refuses a pod of the workflow", Topic.ADMISSION)
                .needing(Need.POD_DRY_RUN)
                .ending(Ending.REFUSED));
    }

    @Override
    Optional<Finding> finding(Facts facts, Admission admission, AdmissionRefusal refusal) {
        return refusal.podSecurity().map(reasons -> finding(facts, admission, reasons));
    }

    private Finding finding(Facts facts, Admission admission, PodSecurityRefusal refusal) {
        ArgoPod pod = admission.pod().orElseThrow();
        List<String> affected = refusal.violations().stream()
                .filter(Violation::concernsContainers)
                .flatMap(violation -> violation.names().stream())
                .distinct()
                .toList();
        List<String> argoContainers = ArgoContainers.notWrittenByUser(facts, pod, affected);
        Finding finding = Finding.fail(
                        info(),
                        subject(facts, admission, refusal, argoContainers),
                        "Namespace " + admission.workflow().namespace() + " enforces Pod Security " + refusal.policy()
                                + ", which refuses " + pod(pod) + ": " + reasons(refusal)
                                + (argoContainers.isEmpty()
                                        ? ""
                                        : "; " + SettingFix.list(argoContainers) + " are Argo's own containers")
                                + ". The node ends in Error at once.")
                .title("Pod Security %s refuses %s", refusal.policy(), pod(pod));
        return PodSecurityRemedy.of(facts, admission.workflow(), pod, refusal, affected, argoContainers)
                .map(finding::fix)
                .orElse(finding);
    }

    private static String reasons(PodSecurityRefusal refusal) {
        List<String> reasons = new ArrayList<>();
        refusal.violations()
                .forEach(each -> reasons.add(
                        each.reason() + (each.names().isEmpty() ? "" : " (" + SettingFix.list(each.names()) + ")")));
        return String.join("; ", reasons);
    }

    /**
     * Returns the first field that is set and violates the level. If no such field is set, the pod lacks settings: then
     * returns the field to which they belong. For Argo's own containers this is the setting of their securityContext,
     * otherwise the securityContext of the workflow.
     */
    private static Subject subject(
            Facts facts, Admission admission, PodSecurityRefusal refusal, List<String> argoContainers) {
        ArgoPod pod = admission.pod().orElseThrow();
        for (Violation violation : refusal.violations()) {
            for (String path : paths(pod, violation)) {
                if (pod.origins().keySet().stream().anyMatch(each -> each.startsWith(path))) {
                    return Places.of(admission.workflow(), pod, path);
                }
            }
        }
        boolean isOnlyArgo = refusal.violations().stream()
                .allMatch(each -> each.concernsContainers() && argoContainers.containsAll(each.names()));
        return isOnlyArgo && !argoContainers.isEmpty()
                ? SettingFix.place(facts, admission.workflow(), pod, argoContainers.get(0), "securityContext")
                : Places.workflow(admission.workflow(), "spec.securityContext").at(pod.templateLocation());
    }

    private static List<String> paths(ArgoPod pod, Violation violation) {
        String field = violation.field();
        if (field.equals("volumes")) {
            return violation.names().stream()
                    .map(name -> "spec.volumes[" + name + "]")
                    .toList();
        }
        return violation.concernsContainers()
                ? violation.names().stream()
                        .map(name -> ArgoContainers.path(pod, name) + "." + field)
                        .toList()
                : List.of("spec." + field);
    }
}
