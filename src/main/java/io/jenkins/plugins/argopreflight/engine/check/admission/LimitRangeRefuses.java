package io.jenkins.plugins.argopreflight.engine.check.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.place.Amounts;
import io.jenkins.plugins.argopreflight.engine.check.place.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.check.place.SettingFix;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.kube.Quantity;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final Pattern LIMIT = Pattern.compile(
            "(?:(maximum|minimum) (\\S+) usage|(\\S+) max limit to request ratio) per (\\w+) is ([^,\\s]*[^,\\s.])");

    public LimitRangeRefuses() {
        super("limit-range", "A LimitRange refuses a pod of the workflow");
    }

    @Override
    Optional<Finding> finding(Facts facts, Admission admission, String words) {
        Matcher limit = LIMIT.matcher(words);
        return Refusal.of(words) == Refusal.LIMIT_RANGE && limit.find()
                ? Optional.of(finding(
                        facts,
                        admission,
                        words.substring(limit.start()).replaceAll("(?<![\\]\\s])[\\]\\s]++$", ""),
                        limit))
                : Optional.empty();
    }

    private Finding finding(Facts facts, Admission admission, String said, Matcher limit) {
        ArgoPod pod = admission.pod().orElseThrow();
        String namespace = admission.workflow().namespace();
        String resource = limit.group(2) == null ? limit.group(3) : limit.group(2);
        boolean ratio = limit.group(3) != null;
        boolean most = ratio || limit.group(1).equals("maximum");
        String field = most ? "limits" : "requests";
        List<String> offending =
                ratio ? LimitRatio.offending(pod, resource, said) : offending(pod, field, resource, said);
        List<String> own = ArgoContainers.own(facts, pod, offending);
        List<String> users =
                offending.stream().filter(name -> !own.contains(name)).toList();
        Subject subject = users.isEmpty() && !own.isEmpty()
                ? SettingFix.place(facts, admission.workflow(), pod, own.get(0), "resources")
                : Places.of(
                                admission.workflow(),
                                pod,
                                ArgoContainers.path(pod, users.isEmpty() ? "main" : users.get(0)) + ".resources")
                        .at(pod.templateLocation());
        Finding finding = Finding.fail(
                        info(),
                        subject,
                        "A LimitRange of namespace " + namespace + " refuses " + pod(pod) + ": " + said
                                + (own.isEmpty() ? "" : "; " + SettingFix.list(own) + " are Argo's own containers")
                                + ". The node ends in Error at once.")
                .title("A LimitRange refuses %s", pod(pod));
        Map<Yaml, List<String>> amounts = new LinkedHashMap<>();
        for (String name : offending.isEmpty() ? List.of("main") : offending) {
            Map<String, Map<String, String>> parts = ratio
                    ? LimitRatio.parts(ArgoContainers.container(pod, name).path("resources"), resource, limit.group(5))
                    : Map.of(field, Map.of(resource, limit.group(5)));
            amounts.computeIfAbsent(Amounts.resources(parts), absent -> new ArrayList<>())
                    .add(name);
        }
        String why = "in the template: "
                + (ratio
                        ? "limits." + resource + " of at most requests." + resource + " times "
                        : field + "." + resource + " of " + (most ? "at most " : "at least "))
                + limit.group(5) + " for each " + limit.group(4);
        for (Map.Entry<Yaml, List<String>> each : amounts.entrySet()) {
            List<String> written =
                    each.getValue().stream().filter(name -> !own.contains(name)).toList();
            finding = finding.fix(ArgoContainers.changes(admission.workflow(), pod, written, each.getKey(), why));
        }
        for (Map.Entry<Yaml, List<String>> each : amounts.entrySet()) {
            List<String> argo = each.getValue().stream().filter(own::contains).toList();
            finding = finding.fix(SettingFix.of(facts, admission.workflow(), pod, argo, each.getKey()));
        }
        return finding.fix(Amounts.limitRanges(namespace));
    }

    /** Containers with the amount that the server names, or without any where it misses one; else all. */
    private static List<String> offending(ArgoPod pod, String field, String resource, String said) {
        Matcher amount = Pattern.compile("but (?:limit|request) is ([^\\s,]+)").matcher(said);
        boolean named = amount.find();
        boolean none = said.contains("No limit is specified") || said.contains("No request is specified");
        List<String> offending = ArgoContainers.names(pod).stream()
                .filter(name -> {
                    JsonNode has = ArgoContainers.container(pod, name)
                            .path("resources")
                            .path(field)
                            .path(resource);
                    return none && has.isMissingNode() || named && isSame(has.asText(""), amount.group(1));
                })
                .toList();
        return offending.isEmpty() ? ArgoContainers.names(pod) : offending;
    }

    private static boolean isSame(String amount, String other) {
        return amount.equals(other)
                || Quantity.read(amount)
                        .filter(one -> Quantity.read(other).filter(one::equals).isPresent())
                        .isPresent();
    }
}
