package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Inputs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The values of a template's inputs. Argo's validation gives the entrypoint and {@code onExit} the workflow's arguments, and
 * every other template an argument for each input; an input without an argument keeps what the template declares. Source:
 * argo-workflows workflow/validate/validate.go (FakeArguments).
 */
final class InputValues {

    private InputValues() {}

    /**
     * The template with what arguments put into its inputs.
     *
     * @param arguments null for one of any value for each input
     */
    static JsonNode filled(JsonNode template, @Nullable JsonNode arguments) {
        ObjectNode filled = Json.copy(template);
        each(filled, arguments, "parameters", Inputs::give);
        each(filled, arguments, "artifacts", (input, argument) -> {
            ObjectNode given = Inputs.given(input, argument);
            input.removeAll().setAll(given);
        });
        return filled;
    }

    private static void each(
            ObjectNode filled, @Nullable JsonNode arguments, String kind, BiConsumer<ObjectNode, JsonNode> give) {
        Map<String, JsonNode> given = arguments == null ? Map.of() : Json.byName(arguments.path(kind));
        for (JsonNode input : filled.path("inputs").path(kind)) {
            JsonNode argument = arguments == null ? Json.object() : given.get(Json.text(input, "name"));
            if (input instanceof ObjectNode object && argument != null) {
                give.accept(object, argument);
            }
        }
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
                values.put(FieldPath.element(path + ".inputs.artifacts", i), Inputs.location(artifacts.get(i)));
            }
        }
        return values;
    }
}
