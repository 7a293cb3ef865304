package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The values that a template declares for its own inputs. Argo's validation reads those of the entrypoint and of {@code
 * onExit}; every other template it validates with an argument for each input, which replaces them. Source: argo-workflows
 * workflow/validate/validate.go (FakeArguments), workflow/common/util.go (ProcessArgs).
 */
final class InputValues {

    /** What an artifact keeps of the template when an argument replaces it. */
    private static final Set<String> OF_TEMPLATE = Set.of("name", "path", "mode", "recurseMode");

    private InputValues() {}

    /** The template without what arguments replace. @param given whether there is an argument of that name */
    static JsonNode without(JsonNode template, Predicate<String> given) {
        ObjectNode rest = Json.copy(template);
        for (JsonNode input : rest.path("inputs").path("parameters")) {
            if (input instanceof ObjectNode parameter && given.test(Json.text(input, "name"))) {
                parameter.remove(Set.of("value", "valueFrom"));
            }
        }
        for (JsonNode input : rest.path("inputs").path("artifacts")) {
            if (input instanceof ObjectNode artifact && given.test(Json.text(input, "name"))) {
                artifact.retain(OF_TEMPLATE);
            }
        }
        return rest;
    }

    /**
     * The values with variables of parameters without an argument, by their paths.
     *
     * @param given whether there is an argument of that name
     */
    static Map<String, JsonNode> of(String path, JsonNode template, Predicate<String> given) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        JsonNode parameters = template.path("inputs").path("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            JsonNode parameter = parameters.get(i);
            if (Json.text(parameter, "value").contains("{{") && !given.test(Json.text(parameter, "name"))) {
                values.put(FieldPath.element(path + ".inputs.parameters", i) + ".value", parameter.get("value"));
            }
        }
        return values;
    }

    /** Whether the template takes a parameter. */
    static Predicate<String> taken(JsonNode template) {
        Set<String> tags = new HashSet<>();
        for (Map.Entry<String, JsonNode> field : template.properties()) {
            if (!field.getKey().equals("inputs")) {
                TagWalk.of("", field.getValue()).forEach(tag -> tags.add(tag.name()));
            }
        }
        boolean all = tags.contains(VariableScope.INPUTS);
        return name -> all || tags.contains(VariableScope.INPUTS + "." + name);
    }
}
