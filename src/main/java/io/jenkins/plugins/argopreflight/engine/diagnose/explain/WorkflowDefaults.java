package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.Controller;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.FactReader;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The removal of the controller's workflowDefaults from a stored workflow. Without them, a finding names the
 * controller's setting instead of the workflow, where a change would not help.
 */
final class WorkflowDefaults {

    private static final Set<String> NEVER_FROM_DEFAULTS =
            Set.of("templates", "entrypoint", "arguments", "workflowTemplateRef");

    private WorkflowDefaults() {}

    /**
     * Returns the workflow without the fields that its controller added.
     *
     * @param settings the name of the controller's ConfigMap
     */
    static ObjectNode removeFrom(ObjectNode workflow, ClusterGateway cluster, String argoNamespace, String settings) {
        JsonNode defaults = read(cluster, argoNamespace, settings).path("spec");
        if (defaults.isEmpty() || !(workflow.get("spec") instanceof ObjectNode spec)) {
            return workflow;
        }
        ObjectNode withoutDefaults = spec.deepCopy();
        remove(withoutDefaults, defaults);
        ObjectNode result = workflow.objectNode();
        result.setAll(workflow);
        result.set("spec", withoutDefaults);
        return result;
    }

    private static JsonNode read(ClusterGateway cluster, String argoNamespace, String settings) {
        Optional<ObjectNode> map = new FactReader(cluster)
                .get(Resource.CONFIG_MAPS, argoNamespace, settings)
                .ifKnown()
                .flatMap(found -> found);
        if (map.isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            return Controller.of(
                            Document.of("ConfigMap", map.get()),
                            ControllerFlags.defaults(argoNamespace),
                            ArgoVersion.NEWEST,
                            List.of())
                    .setting("workflowDefaults");
        } catch (ManifestException e) {
            return MissingNode.getInstance();
        }
    }

    private static void remove(ObjectNode from, JsonNode defaults) {
        defaults.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            JsonNode present = from.path(name);
            if (NEVER_FROM_DEFAULTS.contains(name) || present.isMissingNode()) {
                return;
            }
            if (present instanceof ObjectNode object && value.isObject()) {
                remove(object, value);
            } else if (present instanceof ArrayNode list && value.isArray()) {
                for (int i = list.size() - 1; i >= 0; i--) {
                    if (containsItem(value, list.get(i))) {
                        list.remove(i);
                    }
                }
            }
            if (present.equals(value) || present.isContainerNode() && present.isEmpty()) {
                from.remove(name);
            }
        });
    }

    /** Returns whether a list has an equal item, or one of the same name. */
    private static boolean containsItem(JsonNode list, JsonNode item) {
        for (JsonNode each : list) {
            String name = Json.text(each, "name");
            if (each.equals(item) || !name.isEmpty() && name.equals(Json.text(item, "name"))) {
                return true;
            }
        }
        return false;
    }
}
