package io.jenkins.plugins.argopreflight.engine.check.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Amounts;
import io.jenkins.plugins.argopreflight.engine.check.location.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.location.SettingFix;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.Quantity;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A check for pods that a LimitRange refuses: a container requests too much, too little, or nothing.
 *
 * @see <a href="https://github.com/kubernetes/kubernetes/blob/v1.34.4/plugin/pkg/admission/limitranger/admission.go">
 *     maxConstraint, minConstraint, limitRequestRatioConstraint</a>
 */
public final class LimitRangeRefuses extends AdmissionCheck {

    private static final Pattern LIMIT = Pattern.compile(
            "(?:(maximum|minimum) (\\S+) usage|(\\S+) max limit to request ratio) per (\\w+) is ([^,\\s]*[^,\\s.])");

    public LimitRangeRefuses() {
        super(CheckInfo.error("limit-range", "A LimitRange refuses a pod of the workflow", Topic.ADMISSION)
                .needing(Need.POD_DRY_RUN)
                .ending(Ending.REFUSED));
    }

    @Override
    Optional<Finding> finding(Facts facts, Admission admission, AdmissionRefusal refusal) {
        String message = refusal.message();
        Matcher limit = LIMIT.matcher(message);
        return Refusal.of(refusal) == Refusal.LIMIT_RANGE && limit.find()
                ? Optional.of(finding(
                        facts,
                        admission,
                        message.substring(limit.start()).replaceAll("(?<![\\]\\s])[\\]\\s]++$", ""),
                        limit))
                : Optional.empty();
    }

    private Finding finding(Facts facts, Admission admission, String violation, Matcher limit) {
        ArgoPod pod = admission.pod().orElseThrow();
        String namespace = admission.workflow().namespace();
        String resource = limit.group(2) == null ? limit.group(3) : limit.group(2);
        boolean isRatio = limit.group(3) != null;
        boolean isMaximum = isRatio || limit.group(1).equals("maximum");
        String field = isMaximum ? "limits" : "requests";
        List<String> offending =
                isRatio ? LimitRatio.offending(pod, resource, violation) : offending(pod, field, resource, violation);
        List<String> argoContainers = ArgoContainers.notWrittenByUser(facts, pod, offending);
        List<String> userContainers = offending.stream()
                .filter(name -> !argoContainers.contains(name))
                .toList();
        Subject subject = userContainers.isEmpty() && !argoContainers.isEmpty()
                ? SettingFix.place(facts, admission.workflow(), pod, argoContainers.get(0), "resources")
                : Places.of(
                                admission.workflow(),
                                pod,
                                ArgoContainers.path(pod, userContainers.isEmpty() ? "main" : userContainers.get(0))
                                        + ".resources")
                        .at(pod.templateLocation());
        Finding finding = Finding.fail(
                        info(),
                        subject,
                        "A LimitRange of namespace " + namespace + " refuses " + pod(pod) + ": " + violation
                                + (argoContainers.isEmpty()
                                        ? ""
                                        : "; " + SettingFix.list(argoContainers) + " are Argo's own containers")
                                + ". The node ends in Error at once.")
                .title("A LimitRange refuses %s", pod(pod));
        Map<Yaml, List<String>> amounts = new LinkedHashMap<>();
        for (String name : offending.isEmpty() ? List.of("main") : offending) {
            Map<String, Map<String, String>> parts = isRatio
                    ? LimitRatio.parts(ArgoContainers.container(pod, name).path("resources"), resource, limit.group(5))
                    : Map.of(field, Map.of(resource, limit.group(5)));
            amounts.computeIfAbsent(Amounts.resources(parts), absent -> new ArrayList<>())
                    .add(name);
        }
        String reason = "in the template: "
                + (isRatio
                        ? "limits." + resource + " of at most requests." + resource + " times "
                        : field + "." + resource + " of " + (isMaximum ? "at most " : "at least "))
                + limit.group(5) + " for each " + limit.group(4);
        for (Map.Entry<Yaml, List<String>> each : amounts.entrySet()) {
            List<String> names = each.getValue().stream()
                    .filter(name -> !argoContainers.contains(name))
                    .toList();
            finding = finding.fix(ArgoContainers.changes(admission.workflow(), pod, names, each.getKey(), reason));
        }
        for (Map.Entry<Yaml, List<String>> each : amounts.entrySet()) {
            List<String> names =
                    each.getValue().stream().filter(argoContainers::contains).toList();
            finding = finding.fix(SettingFix.of(facts, admission.workflow(), pod, names, each.getKey()));
        }
        return finding.fix(Amounts.limitRanges(namespace));
    }

    /**
     * Returns the containers with the amount in the server's message, or those without an amount if the server requires
     * one; all containers if there are none.
     */
    private static List<String> offending(ArgoPod pod, String field, String resource, String violation) {
        Matcher amount = Pattern.compile("but (?:limit|request) is ([^\\s,]+)").matcher(violation);
        boolean hasAmount = amount.find();
        boolean isMissing =
                violation.contains("No limit is specified") || violation.contains("No request is specified");
        List<String> offending = ArgoContainers.names(pod).stream()
                .filter(name -> {
                    JsonNode value = ArgoContainers.container(pod, name)
                            .path("resources")
                            .path(field)
                            .path(resource);
                    return isMissing && value.isMissingNode() || hasAmount && isSame(Json.text(value), amount.group(1));
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
