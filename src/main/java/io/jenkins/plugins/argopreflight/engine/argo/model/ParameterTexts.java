package io.jenkins.plugins.argopreflight.engine.argo.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/**
 * A converter to the form in which Argo's own clients send a workflow: numbers and booleans without quotes become texts
 * in parameters. kubectl does not convert them, and an API server with Argo's full custom resource definitions refuses
 * them. Source: argo-workflows pkg/apis/workflow/v1alpha1/any_string.go.
 */
public final class ParameterTexts {

    private ParameterTexts() {}

    /** Returns a converted copy of a workflow. */
    public static ObjectNode in(ObjectNode workflow) {
        ObjectNode copy = workflow.deepCopy();
        change(copy);
        return copy;
    }

    private static void change(JsonNode node) {
        if (node.path("parameters") instanceof ArrayNode parameters) {
            parameters.forEach(ParameterTexts::convertParameter);
        }
        node.forEach(ParameterTexts::change);
    }

    private static void convertParameter(JsonNode node) {
        if (node instanceof ObjectNode parameter) {
            List.of("value", "default").forEach(field -> convertField(parameter, field));
            if (parameter.path("valueFrom") instanceof ObjectNode from) {
                convertField(from, "default");
            }
            if (parameter.path("enum") instanceof ArrayNode values) {
                for (int i = 0; i < values.size(); i++) {
                    if (isNumberOrBoolean(values.get(i))) {
                        values.set(i, TextNode.valueOf(ArgoJson.anyString(values.get(i))));
                    }
                }
            }
        }
    }

    private static void convertField(ObjectNode object, String field) {
        if (isNumberOrBoolean(object.path(field))) {
            object.put(field, ArgoJson.anyString(object.path(field)));
        }
    }

    private static boolean isNumberOrBoolean(JsonNode value) {
        return value.isNumber() || value.isBoolean();
    }
}
