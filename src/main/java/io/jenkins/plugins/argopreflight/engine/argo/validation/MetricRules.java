package io.jenkins.plugins.argopreflight.engine.argo.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Rules for metrics of a template that the controller refuses; source: argo-workflows workflow/validate/validate.go
 * (validateTemplate), workflow/metrics/util.go.
 */
final class MetricRules {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private MetricRules() {}

    /**
     * Checks the metrics of a template.
     *
     * @param refuse consumes the field's path and the reason
     */
    static void check(String path, String name, JsonNode template, BiConsumer<String, String> refuse) {
        JsonNode metrics = template.path("metrics").path("prometheus");
        for (int i = 0; metrics.isArray() && i < metrics.size(); i++) {
            JsonNode metric = metrics.get(i);
            String metricName = Json.text(metric, "name");
            String fieldPath = path + ".metrics.prometheus[" + i + "]";
            String label = "templates." + name + " metric ";
            if (!NAME.matcher(metricName).matches()) {
                refuse.accept(
                        fieldPath,
                        label + "name '" + metricName
                                + "' is invalid. Metric names must contain alphanumeric characters or '_'");
            }
            for (JsonNode metricLabel : metric.path("labels")) {
                if (!NAME.matcher(Json.text(metricLabel, "key")).matches()) {
                    refuse.accept(
                            fieldPath + ".labels",
                            label + "label '" + Json.text(metricLabel, "key")
                                    + "' is invalid: keys may only contain alphanumeric characters or '_'");
                }
            }
            if (!Json.has(metric, "help")) {
                refuse.accept(
                        fieldPath, label + "'" + metricName + "' must contain a help string under 'help: ' field");
            }
            for (String kind : List.of("gauge", "counter", "histogram")) {
                if (Json.isSet(metric, kind) && !Json.has(metric.path(kind), "value")) {
                    refuse.accept(
                            fieldPath + "." + kind, label + "'" + metricName + "' error: missing " + kind + ".value");
                }
            }
        }
    }
}
