package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.collect.Admission;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPod;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A LimitRange refuses the pod: one of its containers asks for too much, too little, or nothing.
 *
 * @see <a href="https://github.com/kubernetes/kubernetes/blob/v1.34.4/plugin/pkg/admission/limitranger/admission.go">
 *     maxConstraint, minConstraint, limitRequestRatioConstraint</a>
 */
public final class LimitRangeRefuses extends AdmissionCheck {

    private static final CheckInfo INFO = info("limit-range", "A LimitRange refuses a pod of the workflow");
    private static final Pattern LIMIT = Pattern.compile(
            "(?:(maximum|minimum) (\\S+) usage|(\\S+) max limit to request ratio) per (\\w+) is ([^,\\s]+)");

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    Optional<Finding> finding(Facts facts, Admission admission, String words) {
        Matcher limit = LIMIT.matcher(words);
        return Refusal.of(words) == Refusal.LIMIT_RANGE && limit.find()
                ? Optional.of(finding(admission, words.substring(limit.start()).replaceAll("[\\]\\s]+$", ""), limit))
                : Optional.empty();
    }

    private static Finding finding(Admission admission, String said, Matcher limit) {
        ArgoPod pod = admission.pod().orElseThrow();
        String namespace = admission.workflow().namespace();
        String resource = limit.group(2) == null ? limit.group(3) : limit.group(2);
        boolean most = limit.group(1) == null || limit.group(1).equals("maximum");
        String field = most ? "limits" : "requests";
        return Finding.fail(
                        INFO,
                        Places.of(admission.workflow(), pod, "spec.containers[main].resources")
                                .at(pod.templateLocation()),
                        "A LimitRange of namespace " + namespace + " refuses " + pod(pod) + ": " + said
                                + ". The node will end in Error at once.")
                .fix(
                        "# in the template: " + field + "." + resource + " of " + (most ? "at most " : "at least ")
                                + limit.group(5) + " for each " + limit.group(4) + "\nresources:\n  " + field + ": {"
                                + resource + ": " + limit.group(5) + "}",
                        "kubectl get limitrange -n " + namespace + " -o yaml");
    }
}
