package io.jenkins.plugins.argopreflight.engine.workflow.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * Brings a spec into the shape that Go's types would give it: no nulls, no empty lists, and nothing of a wrong type in
 * the places that pods are made from (the API server refuses such a spec; here it must only do no harm).
 */
public final class Shapes {

    // "container", "resource", "data" and "source" are objects in one place and texts in another.
    private static final Set<String> OBJECTS = Set.of(
            "spec",
            "metadata",
            "script",
            "containerSet",
            "http",
            "plugin",
            "dag",
            "inputs",
            "outputs",
            "arguments",
            "templateRef",
            "workflowTemplateRef",
            "templateDefaults",
            "hooks",
            "valueFrom",
            "configMapKeyRef",
            "retryStrategy",
            "memoize",
            "synchronization",
            "securityContext",
            "affinity",
            "executor",
            "archiveLocation",
            "artifactGC",
            "podGC",
            "podMetadata",
            "workflowMetadata",
            "labelsFrom",
            "inline",
            "withSequence",
            "artifactRepositoryRef",
            "dnsConfig",
            "resources",
            "s3",
            "gcs",
            "oss",
            "azure",
            "hdfs",
            "git",
            "artifactory",
            "raw",
            "labels",
            "annotations",
            "nodeSelector");
    private static final Set<String> LISTS = Set.of(
            "templates",
            "tasks",
            "parameters",
            "artifacts",
            "containers",
            "initContainers",
            "sidecars",
            "volumes",
            "volumeMounts",
            "env",
            "imagePullSecrets",
            "tolerations",
            "hostAliases",
            "volumeClaimTemplates",
            "executorPlugins",
            "resourceClaims");
    private static final Set<String> TEXTS = Set.of(
            "name",
            "template",
            "when",
            "onExit",
            "entrypoint",
            "serviceAccountName",
            "podSpecPatch",
            "imagePullPolicy",
            "mountPath",
            "path",
            "depends",
            "target",
            "withParam",
            "key",
            "timeout",
            "from",
            "expression");
    private static final Set<String> TEXT_LISTS = Set.of("command", "args", "dependencies");
    private static final Set<String> FREE =
            Set.of("withItems", "labels", "annotations", "nodeSelector", "matchLabels", "value", "default", "body");

    /** Objects whose fields have names of the user's own. */
    private static final Set<String> NAMED = Set.of("hooks", "labelsFrom");

    private Shapes() {}

    /** The tree in shape; shared where nothing changes. */
    public static JsonNode clean(JsonNode node) {
        return clean(node, "");
    }

    private static JsonNode clean(JsonNode node, String name) {
        if (node instanceof ObjectNode object) {
            return FREE.contains(name) ? object : fields(object, NAMED.contains(name));
        }
        if (node instanceof ArrayNode list) {
            return FREE.contains(name) ? list : elements(list, name);
        }
        return node;
    }

    private static JsonNode fields(ObjectNode object, boolean named) {
        ObjectNode cleaned = null;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = named ? "spec" : field.getKey();
            JsonNode value = shaped(clean(field.getValue(), name), name);
            boolean drop = value.isNull() || value.isArray() && value.isEmpty();
            if (cleaned == null && (drop || value != field.getValue())) {
                cleaned = object.objectNode();
                cleaned.setAll(object);
            }
            if (cleaned != null && drop) {
                cleaned.remove(field.getKey());
            } else if (cleaned != null) {
                cleaned.set(field.getKey(), value);
            }
        }
        return cleaned == null ? object : cleaned;
    }

    private static JsonNode shaped(JsonNode value, String name) {
        boolean wrong = OBJECTS.contains(name) && !value.isObject() && !isMetricLabels(value, name)
                || (LISTS.contains(name) || TEXT_LISTS.contains(name)) && !value.isArray()
                || TEXTS.contains(name) && value.isContainerNode()
                || name.equals("image") && value.isContainerNode() && !value.has("reference") // but for a volume
                || name.equals("steps") && !value.isArray();
        return wrong ? NullNode.getInstance() : value;
    }

    /** Those of a metric are a list, those of metadata are not. */
    private static boolean isMetricLabels(JsonNode value, String name) {
        return name.equals("labels") && value.isArray() && value.path(0).isObject();
    }

    private static JsonNode elements(ArrayNode list, String name) {
        ArrayNode cleaned = null;
        int kept = 0;
        for (int i = 0; i < list.size(); i++) {
            JsonNode value = clean(list.get(i), name.equals("steps") ? "group" : "");
            boolean drop = (LISTS.contains(name) || name.equals("group")) && !value.isObject()
                    || TEXT_LISTS.contains(name) && !value.isValueNode()
                    || name.equals("steps") && !value.isContainerNode();
            if (cleaned == null && (drop || value != list.get(i))) {
                cleaned = list.arrayNode();
                for (int j = 0; j < kept; j++) {
                    cleaned.add(list.get(j));
                }
            }
            if (cleaned != null && !drop) {
                cleaned.add(value);
            }
            kept++;
        }
        return cleaned == null ? list : cleaned;
    }
}
