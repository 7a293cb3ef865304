package io.jenkins.plugins.argopreflight.engine.argo.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Rules for output parameters that the controller refuses; source: argo-workflows workflow/validate/validate.go
 * (validateOutputs, validateOutputParameter).
 */
final class OutputRules {

    private static final List<String> SOURCES =
            List.of("path", "jqFilter", "jsonPath", "parameter", "expression", "supplied");
    private static final String NAME = "[-a-zA-Z0-9_]+";

    private final String path;
    private final String name;
    private final TemplateType type;
    private final BiConsumer<String, String> refuse;

    /**
     * Creates the rules for one template.
     *
     * @param refuse consumes the field's path and the reason
     */
    OutputRules(String path, String name, JsonNode template, BiConsumer<String, String> refuse) {
        this.path = path;
        this.name = name;
        this.type = TemplateType.of(template);
        this.refuse = refuse;
    }

    void check(JsonNode outputs) {
        JsonNode parameters = outputs.path("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            checkParameter(path + ".outputs.parameters[" + i + "]", parameters.get(i));
        }
        for (String kind : List.of("parameters", "artifacts")) {
            for (int i = 0; i < outputs.path(kind).size(); i++) {
                String globalName = Json.text(outputs.path(kind).get(i), "globalName");
                if (!globalName.isEmpty() && !globalName.contains("{{") && !globalName.matches(NAME)) {
                    refuse.accept(
                            path + ".outputs." + kind + "[" + i + "].globalName",
                            "templates." + name + ".outputs." + kind + "."
                                    + Json.text(outputs.path(kind).get(i), "name") + ".globalName: '" + globalName
                                    + "' is invalid: letters, digits, '-' and '_' only");
                }
            }
        }
    }

    private void checkParameter(String fieldPath, JsonNode parameter) {
        JsonNode from = parameter.path("valueFrom");
        String label = "templates." + name + ".outputs.parameters." + Json.text(parameter, "name");
        boolean hasValue = Json.isSet(parameter, "value");
        if (!hasValue && !from.isObject()) {
            refuse.accept(fieldPath, label + " does not have valueFrom or value specified");
            return;
        }
        if (hasValue && from.isObject()) {
            refuse.accept(fieldPath, label + " has both valueFrom and value specified. Choose one.");
        } else if (from.isObject()) {
            checkSource(fieldPath + ".valueFrom", label, from);
        }
    }

    private void checkSource(String fieldPath, String label, JsonNode from) {
        List<String> sources = SOURCES.stream()
                .filter(each -> each.equals("supplied") ? Json.isSet(from, each) : Json.has(from, each))
                .toList();
        if (sources.size() > 1) {
            refuse.accept(fieldPath, label + ": multiple valueFrom types specified: " + String.join(", ", sources));
            return;
        }
        List<String> allowed =
                switch (type) {
                    case CONTAINER, CONTAINER_SET, SCRIPT -> List.of("path");
                    case RESOURCE -> List.of("jqFilter", "jsonPath");
                    case DAG, STEPS -> List.of("parameter", "expression");
                    default -> SOURCES;
                };
        if (sources.stream().noneMatch(allowed::contains)) {
            refuse.accept(
                    fieldPath,
                    label + "." + String.join(" or ", allowed) + " must be specified for " + type.field()
                            + " templates");
        }
    }
}
