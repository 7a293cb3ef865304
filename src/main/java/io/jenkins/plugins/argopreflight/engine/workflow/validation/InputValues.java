package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
     * The variables in values of parameters without an argument, by the variable of the parameter.
     *
     * @param given whether there is an argument of that name
     */
    static Map<String, List<String>> held(JsonNode template, Predicate<String> given) {
        Map<String, List<String>> held = new HashMap<>();
        for (JsonNode parameter : template.path("inputs").path("parameters")) {
            String name = Json.text(parameter, "name");
            List<String> names = given.test(name) ? List.of() : names(parameter.path("value"));
            if (!names.isEmpty()) {
                held.put(VariableScope.INPUTS + "." + name, names);
                held.computeIfAbsent(VariableScope.INPUTS, all -> new ArrayList<>())
                        .addAll(names);
            }
        }
        return held;
    }

    /** The variables in a value. */
    static List<String> names(JsonNode value) {
        return TagWalk.of("", value).stream().map(TagWalk.Tag::name).distinct().toList();
    }

    /** What the template declares for inputs without an argument, by path. @param given whether there is one of that name */
    static Map<String, JsonNode> declared(String path, JsonNode template, Predicate<String> given) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        JsonNode parameters = template.path("inputs").path("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            if (!given.test(Json.text(parameters.get(i), "name"))) {
                String at = FieldPath.element(path + ".inputs.parameters", i);
                values.put(at + ".value", parameters.get(i).path("value"));
                values.put(at + ".valueFrom", parameters.get(i).path("valueFrom"));
            }
        }
        JsonNode artifacts = template.path("inputs").path("artifacts");
        for (int i = 0; i < artifacts.size(); i++) {
            if (!given.test(Json.text(artifacts.get(i), "name"))) {
                ObjectNode location = Json.copy(artifacts.get(i));
                location.remove(OF_TEMPLATE);
                values.put(FieldPath.element(path + ".inputs.artifacts", i), location);
            }
        }
        return values;
    }
}
