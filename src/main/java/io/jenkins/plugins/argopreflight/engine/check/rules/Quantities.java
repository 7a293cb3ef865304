package io.jenkins.plugins.argopreflight.engine.check.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kubernetes' quantities, and what a pod requests in all: its containers together or its largest init container,
 * whichever is more. Source: k8s.io/apimachinery pkg/api/resource, k8s.io/component-helpers resource.
 */
final class Quantities {

    private static final Pattern SHAPE =
            Pattern.compile("([+-]?[0-9.]{1,20})([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]{1,2})?");
    private static final String POWERS = "KMGTPE";

    private Quantities() {}

    /** Empty for what is no quantity. */
    static Optional<BigDecimal> parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(matcher.group(1));
            return Optional.of(number.multiply(factor(matcher.group(2))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static BigDecimal factor(String suffix) {
        if (suffix == null) {
            return BigDecimal.ONE;
        }
        if (suffix.endsWith("i")) {
            return BigDecimal.valueOf(1024).pow(POWERS.indexOf(suffix.charAt(0)) + 1);
        }
        int small = "mun".indexOf(suffix.charAt(0));
        if (small >= 0) {
            return BigDecimal.ONE.movePointLeft(3 * (small + 1));
        }
        if (suffix.length() > 1) {
            return new BigDecimal("1" + suffix);
        }
        return BigDecimal.ONE.movePointRight(3 * (POWERS.indexOf(Character.toUpperCase(suffix.charAt(0))) + 1));
    }

    /** The pod's requests by resource; a limit alone is a request too, and what is no quantity is left out. */
    static Map<String, BigDecimal> requests(JsonNode podSpec) {
        Map<String, BigDecimal> all = new LinkedHashMap<>();
        Map<String, BigDecimal> largest = new LinkedHashMap<>();
        for (JsonNode container : podSpec.path("containers")) {
            of(container).forEach((resource, value) -> all.merge(resource, value, BigDecimal::add));
        }
        for (JsonNode container : podSpec.path("initContainers")) {
            boolean stays = container.path("restartPolicy").asText().equals("Always");
            of(container).forEach((resource, value) -> {
                if (stays) {
                    all.merge(resource, value, BigDecimal::add);
                } else {
                    largest.merge(resource, value, BigDecimal::max);
                }
            });
        }
        largest.forEach((resource, value) -> all.merge(resource, value, BigDecimal::max));
        podSpec.path("overhead")
                .properties()
                .forEach(each -> parse(each.getValue().asText())
                        .ifPresent(value -> all.merge(each.getKey(), value, BigDecimal::add)));
        return all;
    }

    private static Map<String, BigDecimal> of(JsonNode container) {
        Map<String, BigDecimal> requests = new LinkedHashMap<>();
        for (String field : new String[] {"limits", "requests"}) {
            container
                    .path("resources")
                    .path(field)
                    .properties()
                    .forEach(each ->
                            parse(each.getValue().asText()).ifPresent(value -> requests.put(each.getKey(), value)));
        }
        return requests;
    }
}
