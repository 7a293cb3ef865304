package io.jenkins.plugins.argopreflight.engine.workflow.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/**
 * A workflow as Argo's own clients send it: numbers and booleans without quotes are texts where a parameter has them. kubectl
 * sends them as they are, which an API server with Argo's full custom resource definitions refuses. Source: argo-workflows
 * pkg/apis/workflow/v1alpha1/any_string.go.
 */
public final class ParameterTexts {

    private ParameterTexts() {}

    /** A copy in that form; equal to the workflow where nothing changes. */
    public static ObjectNode in(ObjectNode workflow) {
        ObjectNode copy = workflow.deepCopy();
        change(copy);
        return copy;
    }

    private static void change(JsonNode node) {
        if (node.path("parameters") instanceof ArrayNode parameters) {
            parameters.forEach(ParameterTexts::parameter);
        }
        node.forEach(ParameterTexts::change);
    }

    private static void parameter(JsonNode node) {
        if (node instanceof ObjectNode parameter) {
            List.of("value", "default").forEach(field -> text(parameter, field));
            if (parameter.path("valueFrom") instanceof ObjectNode from) {
                text(from, "default");
            }
            if (parameter.path("enum") instanceof ArrayNode values) {
                for (int i = 0; i < values.size(); i++) {
                    if (isOther(values.get(i))) {
                        values.set(i, TextNode.valueOf(Json.anyString(values.get(i))));
                    }
                }
            }
        }
    }

    private static void text(ObjectNode object, String field) {
        if (isOther(object.path(field))) {
            object.put(field, Json.anyString(object.path(field)));
        }
    }

    private static boolean isOther(JsonNode value) {
        return value.isNumber() || value.isBoolean();
    }
}
