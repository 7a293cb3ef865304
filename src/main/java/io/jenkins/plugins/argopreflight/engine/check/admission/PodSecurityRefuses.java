package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.admission.PodSecurityWords.Violation;
import io.jenkins.plugins.argopreflight.engine.check.place.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.check.place.SettingFix;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pod Security refuses the pod: which of its containers, for what, and who can fix them. */
public final class PodSecurityRefuses extends AdmissionCheck {

    public PodSecurityRefuses() {
        super("pod-security", "Pod Security refuses a pod of the workflow");
    }

    @Override
    Optional<Finding> finding(Facts facts, Admission admission, String words) {
        return PodSecurityWords.of(words).map(parsed -> finding(facts, admission, parsed));
    }

    private Finding finding(Facts facts, Admission admission, PodSecurityWords words) {
        ArgoPod pod = admission.pod().orElseThrow();
        List<String> suffering = words.violations().stream()
                .filter(Violation::ofContainers)
                .flatMap(violation -> violation.names().stream())
                .distinct()
                .toList();
        List<String> own = ArgoContainers.own(facts, pod, suffering);
        Finding finding = Finding.fail(
                        info(),
                        subject(facts, admission, words, own),
                        "Namespace " + admission.workflow().namespace() + " enforces Pod Security " + words.level()
                                + ", which refuses " + pod(pod) + ": " + reasons(words)
                                + (own.isEmpty() ? "" : "; " + SettingFix.list(own) + " are Argo's own containers")
                                + ". The node ends in Error at once.")
                .title("Pod Security %s refuses %s", words.level(), pod(pod));
        return PodSecurityRemedy.of(facts, admission.workflow(), pod, words, suffering, own)
                .map(finding::fix)
                .orElse(finding);
    }

    private static String reasons(PodSecurityWords words) {
        List<String> reasons = new ArrayList<>();
        words.violations()
                .forEach(each -> reasons.add(
                        each.reason() + (each.names().isEmpty() ? "" : " (" + SettingFix.list(each.names()) + ")")));
        return String.join("; ", reasons);
    }

    /** The first field that is set and breaks the level; where settings are missing, the place that sets them for all. */
    private static Subject subject(Facts facts, Admission admission, PodSecurityWords words, List<String> own) {
        ArgoPod pod = admission.pod().orElseThrow();
        for (Violation violation : words.violations()) {
            for (String path : paths(pod, violation)) {
                if (pod.origins().keySet().stream().anyMatch(each -> each.startsWith(path))) {
                    return Places.of(admission.workflow(), pod, path);
                }
            }
        }
        boolean onlyOwn =
                words.violations().stream().allMatch(each -> each.ofContainers() && own.containsAll(each.names()));
        return onlyOwn && !own.isEmpty()
                ? SettingFix.place(facts, admission.workflow(), pod, own.get(0), "securityContext")
                : Places.workflow(admission.workflow(), "spec.securityContext").at(pod.templateLocation());
    }

    private static List<String> paths(ArgoPod pod, Violation violation) {
        String field = violation.field();
        if (field.equals("volumes")) {
            return violation.names().stream()
                    .map(name -> "spec.volumes[" + name + "]")
                    .toList();
        }
        return violation.ofContainers()
                ? violation.names().stream()
                        .map(name -> ArgoContainers.path(pod, name) + "." + field)
                        .toList()
                : List.of("spec." + field);
    }
}
