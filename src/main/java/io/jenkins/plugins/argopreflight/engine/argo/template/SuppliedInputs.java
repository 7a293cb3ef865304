package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A check whether a step or task has an argument for each required input of its template, even if the step does not
 * run. Source: argo-workflows workflow/common/util.go (ProcessArgs, substituteAndGetConfigMapValue).
 */
public final class SuppliedInputs {

    private SuppliedInputs() {}

    /**
     * Reports the required inputs of a template without an argument.
     *
     * @param path path of the call, as in {@link #notSupplied}
     */
    public static void check(
            JsonNode template, JsonNode arguments, Document document, String path, Consumer<Problem> problems) {
        Map<String, JsonNode> parameters = Json.byName(arguments.path("parameters"));
        for (JsonNode input : template.path("inputs").path("parameters")) {
            boolean isOptional = Json.isSet(input, "value")
                    || Json.isSet(input, "default")
                    || input.path("valueFrom").path("configMapKeyRef").isObject();
            reportIfMissing(isOptional, "parameters", input, parameters, document, path, problems);
        }
        Map<String, JsonNode> artifacts = Json.byName(arguments.path("artifacts"));
        for (JsonNode input : template.path("inputs").path("artifacts")) {
            boolean isOptional = input.path("optional").asBoolean() || Locations.hasLocationOrKey(input);
            reportIfMissing(isOptional, "artifacts", input, artifacts, document, path, problems);
        }
    }

    private static void reportIfMissing(
            boolean isOptional,
            String kind,
            JsonNode input,
            Map<String, JsonNode> arguments,
            Document document,
            String path,
            Consumer<Problem> problems) {
        String name = Json.text(input, "name");
        if (!isOptional && !arguments.containsKey(name)) {
            problems.accept(notSupplied(kind, name, document, path));
        }
    }

    /**
     * Creates the problem of an input without an argument.
     *
     * @param path path of the call: of the step or task, or of the spec's field {@code entrypoint} or {@code onExit}
     */
    static Problem notSupplied(String kind, String name, Document document, String path) {
        // The arguments of the entrypoint and of onExit are those of the spec.
        String caller = path.replaceFirst("\\.(?:entrypoint|onExit)$", "");
        return new Problem(Problem.Kind.REFUSED, document, path, "inputs." + kind + "." + name + " was not supplied")
                .because(Missing.field(document, caller + ".arguments." + kind, name));
    }
}
