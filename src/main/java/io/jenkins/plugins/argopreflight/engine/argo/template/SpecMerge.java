package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.field.StrategicMerge;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The merge of workflow, workflow template and workflowDefaults; source: argo-workflows workflow/util/merge.go. */
final class SpecMerge {

    /**
     * Fields that a submitter can set beside workflowTemplateRef under Strict and Secure (allowedUserOverrideFields).
     */
    static final Set<String> OVERRIDES = Set.of(
            "arguments",
            "entrypoint",
            "shutdown",
            "suspend",
            "activeDeadlineSeconds",
            "priority",
            "ttlStrategy",
            "podGC",
            "volumeClaimGC",
            "archiveLogs",
            "workflowMetadata",
            "workflowTemplateRef",
            "metrics",
            "artifactGC");

    private SpecMerge() {}

    /**
     * Returns the target with the fields that only the defaults have. Hooks and labelsFrom are not merged, but added by
     * name.
     */
    static ObjectNode merge(JsonNode defaults, JsonNode target, String type) {
        ObjectNode base = Json.copy(defaults);
        ObjectNode spec = type.equals("Workflow") ? Json.objectOf(base, "spec") : base;
        JsonNode hooks = spec.remove("hooks");
        JsonNode labels = null;
        if (spec.get("workflowMetadata") instanceof ObjectNode metadata) {
            labels = metadata.remove("labelsFrom");
        }
        ObjectNode merged = StrategicMerge.merge(base, target, type);
        ObjectNode mergedSpec = type.equals("Workflow") ? Json.objectOf(merged, "spec") : merged;
        addMissing(mergedSpec, "hooks", hooks);
        if (labels != null) {
            addMissing(Json.objectOf(mergedSpec, "workflowMetadata"), "labelsFrom", labels);
        }
        return merged;
    }

    private static void addMissing(ObjectNode object, String field, JsonNode values) {
        if (values == null || !values.isObject()) {
            return;
        }
        ObjectNode existing = Json.objectOf(object, field);
        values.properties().forEach(entry -> existing.putIfAbsent(entry.getKey(), entry.getValue()));
    }

    /**
     * Merges the workflow over the workflow template over the defaults. An argument comes as a whole from one of them.
     */
    static ObjectNode join(JsonNode workflow, JsonNode template, JsonNode defaults) {
        ObjectNode joined = merge(template, workflow, "WorkflowSpec");
        joined = merge(defaults, joined, "WorkflowSpec");
        if (Json.isSet(workflow, "suspend")) {
            joined.set("suspend", workflow.get("suspend"));
        } else {
            joined.remove("suspend");
        }
        Map<String, JsonNode> workflowParameters = parametersWithValue(workflow);
        Map<String, JsonNode> templateParameters = parametersWithValue(template);
        if (joined.path("arguments").path("parameters") instanceof ArrayNode parameters) {
            for (int i = 0; i < parameters.size(); i++) {
                String name = Json.text(parameters.get(i), "name");
                JsonNode parameter = workflowParameters.getOrDefault(name, templateParameters.get(name));
                if (parameter != null) {
                    parameters.set(i, parameter.deepCopy());
                }
            }
        }
        return joined;
    }

    private static Map<String, JsonNode> parametersWithValue(JsonNode spec) {
        Map<String, JsonNode> parameters = new HashMap<>();
        for (JsonNode parameter : spec.path("arguments").path("parameters")) {
            if (Json.isSet(parameter, "value")
                    || Json.isSet(parameter, "default")
                    || Json.isSet(parameter, "valueFrom")) {
                parameters.put(Json.text(parameter, "name"), parameter);
            }
        }
        return parameters;
    }
}
