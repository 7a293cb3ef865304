package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateType;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Output parameters that the controller does not take; source: argo-workflows workflow/validate/validate.go
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

    /** @param refuse takes the field's path, and why */
    OutputRules(String path, String name, JsonNode template, BiConsumer<String, String> refuse) {
        this.path = path;
        this.name = name;
        this.type = TemplateType.of(template);
        this.refuse = refuse;
    }

    void check(JsonNode outputs) {
        JsonNode parameters = outputs.path("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            parameter(path + ".outputs.parameters[" + i + "]", parameters.get(i));
        }
        for (String kind : List.of("parameters", "artifacts")) {
            for (int i = 0; i < outputs.path(kind).size(); i++) {
                String global = Json.text(outputs.path(kind).get(i), "globalName");
                if (!global.isEmpty() && !global.contains("{{") && !global.matches(NAME)) {
                    refuse.accept(
                            path + ".outputs." + kind + "[" + i + "].globalName",
                            "templates." + name + ".outputs." + kind + "."
                                    + Json.text(outputs.path(kind).get(i), "name") + ".globalName: '" + global
                                    + "' is invalid: letters, digits, '-' and '_' only");
                }
            }
        }
    }

    private void parameter(String at, JsonNode parameter) {
        JsonNode from = parameter.path("valueFrom");
        String what = "templates." + name + ".outputs.parameters." + Json.text(parameter, "name");
        boolean value = Json.isSet(parameter, "value");
        if (!value && !from.isObject()) {
            refuse.accept(at, what + " does not have valueFrom or value specified");
            return;
        }
        if (value && from.isObject()) {
            refuse.accept(at, what + " has both valueFrom and value specified. Choose one.");
        } else if (from.isObject()) {
            needed(at + ".valueFrom", what, from);
        }
    }

    private void needed(String at, String what, JsonNode from) {
        List<String> given = SOURCES.stream()
                .filter(each -> each.equals("supplied") ? Json.isSet(from, each) : Json.has(from, each))
                .toList();
        if (given.size() > 1) {
            refuse.accept(at, what + ": multiple valueFrom types specified: " + String.join(", ", given));
            return;
        }
        List<String> fitting =
                switch (type) {
                    case CONTAINER, CONTAINER_SET, SCRIPT -> List.of("path");
                    case RESOURCE -> List.of("jqFilter", "jsonPath");
                    case DAG, STEPS -> List.of("parameter", "expression");
                    default -> SOURCES;
                };
        if (given.stream().noneMatch(fitting::contains)) {
            refuse.accept(
                    at,
                    what + "." + String.join(" or ", fitting) + " must be specified for " + type.field()
                            + " templates");
        }
    }
}
