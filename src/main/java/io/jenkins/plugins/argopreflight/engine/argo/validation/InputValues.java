package io.jenkins.plugins.argopreflight.engine.argo.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.template.Inputs;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The values of a template's inputs. Argo's validation gives the workflow's arguments to the entrypoint and
 * {@code onExit}, and an argument for each input to other templates. An input without an argument keeps the value that
 * the template declares. Source: argo-workflows workflow/validate/validate.go (FakeArguments).
 */
final class InputValues {

    private InputValues() {}

    /**
     * Returns the template with the arguments in its inputs.
     *
     * @param arguments null for an argument with any value for each input
     */
    static JsonNode withArguments(JsonNode template, @Nullable JsonNode arguments) {
        ObjectNode copy = Json.copy(template);
        addArguments(copy, arguments, "parameters", Inputs::replaceValue);
        addArguments(copy, arguments, "artifacts", (input, argument) -> {
            ObjectNode result = Inputs.withLocation(input, argument);
            input.removeAll().setAll(result);
        });
        return copy;
    }

    private static void addArguments(
            ObjectNode template, @Nullable JsonNode arguments, String kind, BiConsumer<ObjectNode, JsonNode> add) {
        Map<String, JsonNode> byName = arguments == null ? Map.of() : Json.byName(arguments.path(kind));
        for (JsonNode input : template.path("inputs").path(kind)) {
            JsonNode argument = arguments == null ? Json.object() : byName.get(Json.text(input, "name"));
            if (input instanceof ObjectNode object && argument != null) {
                add.accept(object, argument);
            }
        }
    }

    /**
     * Returns the values that the template declares for inputs without an argument, by path.
     *
     * @param hasArgument returns whether there is an argument with a name
     */
    static Map<String, JsonNode> declared(String path, JsonNode template, Predicate<String> hasArgument) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        JsonNode parameters = template.path("inputs").path("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            if (!hasArgument.test(Json.text(parameters.get(i), "name"))) {
                String fieldPath = FieldPath.element(path + ".inputs.parameters", i);
                values.put(fieldPath + ".value", parameters.get(i).path("value"));
                values.put(fieldPath + ".valueFrom", parameters.get(i).path("valueFrom"));
            }
        }
        JsonNode artifacts = template.path("inputs").path("artifacts");
        for (int i = 0; i < artifacts.size(); i++) {
            if (!hasArgument.test(Json.text(artifacts.get(i), "name"))) {
                values.put(FieldPath.element(path + ".inputs.artifacts", i), Inputs.location(artifacts.get(i)));
            }
        }
        return values;
    }
}
