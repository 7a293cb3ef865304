package io.jenkins.plugins.argopreflight.engine.check.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.location.Amounts;
import io.jenkins.plugins.argopreflight.engine.check.location.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.model.object.Quantity;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The maximum ratio of a limit to its request in a LimitRange. It is a factor, not an amount of the resource.
 *
 * @see <a href="https://github.com/kubernetes/kubernetes/blob/v1.34.4/plugin/pkg/admission/limitranger/admission.go">
 *     limitRequestRatioConstraint</a>
 */
final class LimitRatio {

    private static final Pattern PROVIDED = Pattern.compile("but provided ratio is ([0-9.]+)");

    private LimitRatio() {}

    /**
     * Returns the containers with the ratio in the server's message; if there are none, those without a limit, or
     * otherwise all containers.
     */
    static List<String> offending(ArgoPod pod, String resource, String message) {
        List<String> names = ArgoContainers.names(pod);
        Matcher provided = PROVIDED.matcher(message);
        List<String> offending = provided.find()
                ? names.stream()
                        .filter(name -> ratio(
                                        ArgoContainers.container(pod, name).path("resources"), resource)
                                .equals(Optional.of(provided.group(1))))
                        .toList()
                : List.of();
        if (offending.isEmpty()) {
            offending = names.stream()
                    .filter(name -> amount(ArgoContainers.container(pod, name).path("resources"), "limits", resource)
                            .isEmpty())
                    .toList();
        }
        return offending.isEmpty() ? names : offending;
    }

    /**
     * Returns the same limit with a request that is large enough. Without a limit, the limit is equal to the request.
     */
    static Map<String, Map<String, String>> parts(JsonNode resources, String resource, String factor) {
        String limit = amount(resources, "limits", resource)
                .or(() -> amount(resources, "requests", resource))
                .map(Quantity::toString)
                .orElse(Amounts.usual(resource));
        Optional<Quantity> maxRatio = Quantity.read(factor).filter(ratio -> ratio.signum() > 0);
        boolean isInteger = !resource.equals("cpu");
        String request = amount(resources, "limits", resource)
                .flatMap(amount -> maxRatio.map(ratio -> amount.dividedBy(ratio, isInteger)))
                .map(Quantity::toString)
                .orElse(limit);
        return Map.of("requests", Map.of(resource, request), "limits", Map.of(resource, limit));
    }

    private static Optional<Quantity> amount(JsonNode resources, String field, String resource) {
        return Quantity.read(Json.text(resources.path(field).path(resource))).filter(amount -> amount.signum() > 0);
    }

    /** Returns the ratio as Go prints a float with {@code %f}; empty without a limit or a request. */
    private static Optional<String> ratio(JsonNode resources, String resource) {
        return amount(resources, "limits", resource)
                .flatMap(limit -> amount(resources, "requests", resource)
                        .map(request -> limit.amount().divide(request.amount(), 12, RoundingMode.HALF_EVEN)))
                .map(ratio -> String.format(Locale.ROOT, "%.6f", ratio));
    }
}
