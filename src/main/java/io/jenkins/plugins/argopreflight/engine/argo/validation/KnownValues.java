package io.jenkins.plugins.argopreflight.engine.argo.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variables in the values that Argo's validation uses for parameters, and which of these values are empty. It uses
 * the values that the workflow itself contains. Source: argo-workflows workflow/validate/validate.go
 * (ValidateWorkflow), workflow/common/util.go (SubstituteParams).
 */
final class KnownValues {

    /** Pattern of a simple tag, with its variable as group 1. */
    private static final Pattern TAG = Pattern.compile("\\{\\{\\s*+([-\\w.]++)\\s*+}}");

    private final @Nullable KnownValues outer;
    private final Map<String, List<String>> variables = new HashMap<>();
    private final Set<String> empty = new HashSet<>();

    private KnownValues(@Nullable KnownValues outer, String prefix, JsonNode parameters) {
        this.outer = outer;
        for (JsonNode parameter : parameters) {
            String variable = prefix + "." + Json.text(parameter, "name");
            boolean hasValue = Json.isSet(parameter, "value") || Json.isSet(parameter, "valueFrom");
            // Argo's validation uses the default of an input, but not that of a workflow's parameter.
            JsonNode value = parameter.path(hasValue || outer == null ? "value" : "default");
            List<String> namesInValue = names(value);
            if (!namesInValue.isEmpty()) {
                variables.put(variable, namesInValue);
            }
            if (value.isTextual() && value.textValue().isEmpty()) {
                empty.add(variable);
            }
        }
    }

    private static List<String> names(JsonNode value) {
        return TagFinder.of("", value).stream()
                .map(TagFinder.Tag::name)
                .distinct()
                .toList();
    }

    /** Returns the values of the workflow's parameters. */
    static KnownValues of(JsonNode spec) {
        return new KnownValues(
                null, "workflow.parameters", spec.path("arguments").path("parameters"));
    }

    /**
     * Returns these values and the values of the inputs of a template that the workflow calls.
     *
     * @param template template with the arguments in its inputs
     */
    KnownValues withInputs(JsonNode template) {
        KnownValues values = new KnownValues(
                this, VariableScope.INPUTS, template.path("inputs").path("parameters"));
        // The variable of all inputs as JSON, which contains the defaults.
        values.variables.put(VariableScope.INPUTS, names(template.path("inputs").path("parameters")));
        return values;
    }

    /** Returns the variables in the value of a variable. They must resolve where that variable is used. */
    List<String> variables(String variable) {
        List<String> ownVariables = variables.get(variable);
        return ownVariables != null ? ownVariables : outer != null ? outer.variables(variable) : List.of();
    }

    /** Returns whether a text is empty after substitution. */
    boolean isEmpty(String text) {
        return TAG.matcher(text)
                .replaceAll(tag -> isEmptyValue(tag.group(1)) ? "" : "x")
                .isEmpty();
    }

    private boolean isEmptyValue(String variable) {
        return empty.contains(variable) || outer != null && outer.isEmptyValue(variable);
    }
}
