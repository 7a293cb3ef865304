package io.jenkins.plugins.argopreflight.engine.check.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.place.Amounts;
import io.jenkins.plugins.argopreflight.engine.check.place.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.kube.Quantity;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many times a limit can be its request in a LimitRange: a factor, and no amount of the resource.
 *
 * @see <a href="https://github.com/kubernetes/kubernetes/blob/v1.34.4/plugin/pkg/admission/limitranger/admission.go">
 *     limitRequestRatioConstraint</a>
 */
final class LimitRatio {

    private static final Pattern PROVIDED = Pattern.compile("but provided ratio is ([0-9.]+)");

    private LimitRatio() {}

    /** Containers with the ratio that the server names, else those without a limit, else all. */
    static List<String> offending(ArgoPod pod, String resource, String said) {
        List<String> all = ArgoContainers.names(pod);
        Matcher provided = PROVIDED.matcher(said);
        List<String> found = provided.find()
                ? all.stream()
                        .filter(name -> ratio(
                                        ArgoContainers.container(pod, name).path("resources"), resource)
                                .equals(Optional.of(provided.group(1))))
                        .toList()
                : List.of();
        if (found.isEmpty()) {
            found = all.stream()
                    .filter(name -> amount(ArgoContainers.container(pod, name).path("resources"), "limits", resource)
                            .isEmpty())
                    .toList();
        }
        return found.isEmpty() ? all : found;
    }

    /** The same limit with a request that is large enough; without a limit, one of the size of the request. */
    static Map<String, Map<String, String>> parts(JsonNode resources, String resource, String factor) {
        String limit = amount(resources, "limits", resource)
                .or(() -> amount(resources, "requests", resource))
                .map(Quantity::toString)
                .orElse(Amounts.usual(resource));
        Optional<Quantity> most = Quantity.read(factor).filter(ratio -> ratio.signum() > 0);
        boolean whole = !resource.equals("cpu");
        String request = amount(resources, "limits", resource)
                .flatMap(amount -> most.map(ratio -> amount.dividedBy(ratio, whole)))
                .map(Quantity::toString)
                .orElse(limit);
        return Map.of("requests", Map.of(resource, request), "limits", Map.of(resource, limit));
    }

    private static Optional<Quantity> amount(JsonNode resources, String field, String resource) {
        return Quantity.read(resources.path(field).path(resource).asText("")).filter(amount -> amount.signum() > 0);
    }

    /** As Go prints a float with {@code %f}; empty without a limit or a request. */
    private static Optional<String> ratio(JsonNode resources, String resource) {
        return amount(resources, "limits", resource)
                .flatMap(limit -> amount(resources, "requests", resource)
                        .map(request -> limit.amount().divide(request.amount(), 12, RoundingMode.HALF_EVEN)))
                .map(ratio -> String.format(Locale.ROOT, "%.6f", ratio));
    }
}
