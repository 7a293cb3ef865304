package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.place.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.check.place.SettingFix;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The finding about a pod that the API server refuses as invalid: it has a value that no pod can have. */
final class PodInvalid {

    private static final Pattern FIELD = Pattern.compile("(?:spec|metadata)\\.[\\w.\\[\\]-]+(?=: )");
    private static final Pattern CONTAINER =
            Pattern.compile("spec\\.(?:containers|initContainers)\\[([^]]+)]\\.(\\w+).*");
    private static final String INVALID = " is invalid: ";

    private PodInvalid() {}

    static Finding finding(CheckInfo info, Facts facts, Admission admission, String words) {
        ArgoPod pod = admission.pod().orElseThrow();
        List<String> paths = FIELD.matcher(words)
                .results()
                .map(field -> ArgoContainers.named(pod, field.group()))
                .toList();
        // What the user wrote comes first: Argo's own containers mirror the mounts of main.
        String path = paths.stream()
                .filter(each -> own(facts, pod, each).isEmpty())
                .findFirst()
                .orElse(paths.isEmpty() ? "spec" : paths.get(0));
        int at = words.indexOf(INVALID);
        String reason = at < 0 ? words : words.substring(at + INVALID.length());
        List<String> own = own(facts, pod, path);
        Subject subject = own.isEmpty()
                ? Places.of(admission.workflow(), pod, path)
                : SettingFix.place(facts, admission.workflow(), pod, own.get(0), field(path));
        return Finding.fail(
                        info,
                        subject,
                        "The API server refuses " + AdmissionCheck.pod(pod) + ": " + readable(pod, reason)
                                + ". The node ends in Error at once.")
                .title("The API server refuses %s as invalid", AdmissionCheck.pod(pod))
                .fix(AskPerson.reader("change the field; " + Shell.inline(Places.explain("pod", path))))
                .fix(
                        own.isEmpty()
                                ? List.of()
                                : SettingFix.of(
                                        facts,
                                        admission.workflow(),
                                        pod,
                                        own,
                                        Yaml.of("$field: {} # the valid value").with("field", field(path))));
    }

    /** The container of a path when it is Argo's own, which have right names: one with a wrong name only has theirs. */
    private static List<String> own(Facts facts, ArgoPod pod, String path) {
        Matcher container = CONTAINER.matcher(path);
        return container.matches() && !container.group(2).equals("name")
                ? ArgoContainers.own(facts, pod, List.of(container.group(1)))
                : List.of();
    }

    /** The field of a container, such as {@code volumeMounts}. */
    private static String field(String path) {
        return CONTAINER.matcher(path).replaceFirst("$2");
    }

    /** The server counts containers; people know them by name. */
    private static String readable(ArgoPod pod, String reason) {
        Matcher field = FIELD.matcher(reason);
        return field.replaceAll(found -> Matcher.quoteReplacement(ArgoContainers.named(pod, found.group())));
    }
}
