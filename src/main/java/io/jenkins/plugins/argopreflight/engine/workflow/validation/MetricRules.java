package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Metrics of a template that the controller does not take; source: argo-workflows workflow/validate/validate.go
 * (validateTemplate), workflow/metrics/util.go.
 */
final class MetricRules {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private MetricRules() {}

    /** @param refuse takes the field's path, and why */
    static void check(String path, String name, JsonNode template, BiConsumer<String, String> refuse) {
        JsonNode metrics = template.path("metrics").path("prometheus");
        for (int i = 0; metrics.isArray() && i < metrics.size(); i++) {
            JsonNode metric = metrics.get(i);
            String own = Json.text(metric, "name");
            String at = path + ".metrics.prometheus[" + i + "]";
            String what = "templates." + name + " metric ";
            if (!NAME.matcher(own).matches()) {
                refuse.accept(
                        at,
                        what + "name '" + own
                                + "' is invalid. Metric names must contain alphanumeric characters or '_'");
            }
            for (JsonNode label : metric.path("labels")) {
                if (!NAME.matcher(Json.text(label, "key")).matches()) {
                    refuse.accept(
                            at + ".labels",
                            what + "label '" + Json.text(label, "key")
                                    + "' is invalid: keys may only contain alphanumeric characters or '_'");
                }
            }
            if (!Json.has(metric, "help")) {
                refuse.accept(at, what + "'" + own + "' must contain a help string under 'help: ' field");
            }
            for (String kind : List.of("gauge", "counter", "histogram")) {
                if (Json.isSet(metric, kind) && !Json.has(metric.path(kind), "value")) {
                    refuse.accept(at + "." + kind, what + "'" + own + "' error: missing " + kind + ".value");
                }
            }
        }
    }
}
