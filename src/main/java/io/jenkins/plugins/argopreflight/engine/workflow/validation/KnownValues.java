package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values that Argo's validation puts in the place of parameters: what the workflow itself gives. Source: argo-workflows
 * workflow/validate/validate.go (ValidateWorkflow), workflow/common/util.go (SubstituteParams).
 */
final class KnownValues {

    private static final Pattern TAG = Pattern.compile("\\{\\{\\s*+([-\\w.]++)\\s*+}}");

    private final @Nullable KnownValues outer;
    private final Map<String, List<String>> variables = new HashMap<>();
    private final Set<String> empty = new HashSet<>();

    private KnownValues(@Nullable KnownValues outer, String prefix, JsonNode parameters) {
        this.outer = outer;
        for (JsonNode parameter : parameters) {
            String variable = prefix + "." + Json.text(parameter, "name");
            boolean hasOwn = Json.isSet(parameter, "value") || Json.isSet(parameter, "valueFrom");
            // Argo's validation takes the default of an input, and of a workflow's parameter not.
            JsonNode value = parameter.path(hasOwn || outer == null ? "value" : "default");
            List<String> inside = names(value);
            if (!inside.isEmpty()) {
                variables.put(variable, inside);
            }
            if (value.isTextual() && value.textValue().isEmpty()) {
                empty.add(variable);
            }
        }
    }

    private static List<String> names(JsonNode value) {
        return TagWalk.of("", value).stream().map(TagWalk.Tag::name).distinct().toList();
    }

    /** Those of the workflow's parameters. */
    static KnownValues of(JsonNode spec) {
        return new KnownValues(
                null, "workflow.parameters", spec.path("arguments").path("parameters"));
    }

    /** These, and those of the inputs of a template that the workflow calls. @param filled with the arguments */
    KnownValues with(JsonNode filled) {
        KnownValues values = new KnownValues(
                this, VariableScope.INPUTS, filled.path("inputs").path("parameters"));
        // All of them as JSON, with the defaults too.
        values.variables.put(VariableScope.INPUTS, names(filled.path("inputs").path("parameters")));
        return values;
    }

    /** The variables in the value of one: they have to resolve where it is used. */
    List<String> variables(String variable) {
        List<String> own = variables.get(variable);
        return own != null ? own : outer != null ? outer.variables(variable) : List.of();
    }

    /** Whether nothing is left of a text. */
    boolean isEmpty(String text) {
        return TAG.matcher(text)
                .replaceAll(tag -> isEmptyValue(tag.group(1)) ? "" : "x")
                .isEmpty();
    }

    private boolean isEmptyValue(String variable) {
        return empty.contains(variable) || outer != null && outer.isEmptyValue(variable);
    }
}
