package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.location.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.location.SettingFix;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.FieldError;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.util.go.GoText;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Creates the finding about a pod that the API server refuses as invalid, because no pod can have one of its values.
 */
final class PodInvalid {

    private static final Pattern CONTAINER =
            Pattern.compile("spec\\.(?:containers|initContainers)\\[([^]]+)]\\.(\\w+).*");

    private PodInvalid() {}

    static Finding finding(CheckInfo info, Facts facts, Admission admission, AdmissionRefusal refusal) {
        ArgoPod pod = admission.pod().orElseThrow();
        List<String> paths = refusal.fields().stream()
                .map(error -> ArgoContainers.pathWithNames(pod, error.field()))
                .toList();
        // A field that the user wrote comes first: Argo's own containers mirror the mounts of main.
        String path = paths.stream()
                .filter(each -> argoContainers(facts, pod, each).isEmpty())
                .findFirst()
                .orElse(paths.isEmpty() ? "spec" : paths.get(0));
        List<String> argoContainers = argoContainers(facts, pod, path);
        Subject subject = argoContainers.isEmpty()
                ? Places.of(admission.workflow(), pod, path)
                : SettingFix.place(facts, admission.workflow(), pod, argoContainers.get(0), field(path));
        return Finding.fail(
                        info,
                        subject,
                        "The API server refuses " + AdmissionCheck.pod(pod) + ": " + reason(pod, refusal)
                                + ". The node ends in Error at once.")
                .title("The API server refuses %s as invalid", AdmissionCheck.pod(pod))
                .fix(AskPerson.reader("change the field; " + Shell.inline(Places.explain("pod", path))))
                .fix(
                        argoContainers.isEmpty()
                                ? List.of()
                                : SettingFix.of(
                                        facts,
                                        admission.workflow(),
                                        pod,
                                        argoContainers,
                                        Yaml.of("$field: {} # the valid value").with("field", field(path))));
    }

    /** Returns the errors in fields, with names of containers in place of their indices. */
    private static String reason(ArgoPod pod, AdmissionRefusal refusal) {
        if (refusal.reason().isEmpty()) {
            return reasonOfServer(pod, refusal);
        }
        return refusal.fields().isEmpty()
                ? refusal.message()
                : GoText.aggregate(refusal.fields().stream()
                        .map(error -> ArgoContainers.pathWithNames(pod, error.field()) + ": " + error.message())
                        .toList());
    }

    /** Returns the API server's message after the name of the pod. */
    private static String reasonOfServer(ArgoPod pod, AdmissionRefusal refusal) {
        String message = refusal.message();
        int index = message.indexOf(AdmissionRefusal.INVALID);
        StringBuilder reason = new StringBuilder(message);
        reason.delete(0, index < 0 ? 0 : index + AdmissionRefusal.INVALID.length());
        int end = 0;
        for (FieldError error : refusal.fields()) {
            int start = reason.indexOf(error.toString(), end);
            if (start >= 0) {
                String path = ArgoContainers.pathWithNames(pod, error.field());
                reason.replace(start, start + error.field().length(), path);
                end = start + path.length() + error.message().length();
            }
        }
        return reason.toString();
    }

    /**
     * Returns the container of a path if it is one of Argo's own, which have valid names. A container with an invalid
     * name is the user's, even if it looks like one of them.
     */
    private static List<String> argoContainers(Facts facts, ArgoPod pod, String path) {
        Matcher container = CONTAINER.matcher(path);
        return container.matches() && !container.group(2).equals("name")
                ? ArgoContainers.notWrittenByUser(facts, pod, List.of(container.group(1)))
                : List.of();
    }

    /** Returns the field of a container, such as {@code volumeMounts}. */
    private static String field(String path) {
        return CONTAINER.matcher(path).replaceFirst("$2");
    }
}
