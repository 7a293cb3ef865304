package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.FactReader;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestException;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Controller;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ControllerFlags;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes out of a stored workflow what the controller's workflowDefaults have put into it: only then a finding names the
 * controller's setting and not the workflow, where a change would not help.
 */
final class WorkflowDefaults {

    private static final Set<String> OWN = Set.of("templates", "entrypoint", "arguments", "workflowTemplateRef");

    private WorkflowDefaults() {}

    /** @param settings name of the controller's ConfigMap */
    static ObjectNode takenOut(ObjectNode workflow, ClusterGateway cluster, String argoNamespace, String settings) {
        JsonNode defaults = read(cluster, argoNamespace, settings).path("spec");
        if (defaults.isEmpty() || !(workflow.get("spec") instanceof ObjectNode spec)) {
            return workflow;
        }
        ObjectNode own = spec.deepCopy();
        takeOut(own, defaults);
        ObjectNode rest = workflow.objectNode();
        rest.setAll(workflow);
        rest.set("spec", own);
        return rest;
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

    private static void takeOut(ObjectNode from, JsonNode defaults) {
        defaults.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            JsonNode present = from.path(name);
            if (OWN.contains(name) || present.isMissingNode()) {
                return;
            }
            if (present instanceof ObjectNode object && value.isObject()) {
                takeOut(object, value);
            } else if (present instanceof ArrayNode list && value.isArray()) {
                for (int i = list.size() - 1; i >= 0; i--) {
                    if (has(value, list.get(i))) {
                        list.remove(i);
                    }
                }
            }
            if (present.equals(value) || present.isContainerNode() && present.isEmpty()) {
                from.remove(name);
            }
        });
    }

    private static boolean has(JsonNode list, JsonNode item) {
        for (JsonNode each : list) {
            String name = Objects.text(each, "name");
            if (each.equals(item) || !name.isEmpty() && name.equals(Objects.text(item, "name"))) {
                return true;
            }
        }
        return false;
    }
}
