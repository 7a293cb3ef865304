package io.jenkins.plugins.argopreflight.engine.argo.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * A filter that gives a spec the form that Go's types would give it: no nulls, no empty lists, and no values of a wrong
 * type in the fields that define pods. The API server refuses a spec with wrong types, and another check reports them:
 * here, they must only cause no internal errors.
 */
public final class Shapes {

    // "container", "resource", "data" and "source" are objects in some types and texts in others.
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
    /** Fields whose values stay as they are. */
    private static final Set<String> UNCHECKED =
            Set.of("withItems", "labels", "annotations", "nodeSelector", "matchLabels", "value", "default", "body");

    /** Fields whose objects have names that the user chooses. */
    private static final Set<String> USER_NAMED = Set.of("hooks", "labelsFrom");

    private Shapes() {}

    /** Returns the filtered tree. Unchanged parts are shared with the original. */
    public static JsonNode clean(JsonNode node) {
        return clean(node, "");
    }

    private static JsonNode clean(JsonNode node, String name) {
        if (node instanceof ObjectNode object) {
            return UNCHECKED.contains(name) ? object : cleanFields(object, USER_NAMED.contains(name));
        }
        if (node instanceof ArrayNode list) {
            return UNCHECKED.contains(name) ? list : cleanElements(list, name);
        }
        return node;
    }

    private static JsonNode cleanFields(ObjectNode object, boolean isUserNamed) {
        ObjectNode cleaned = null;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = isUserNamed ? "spec" : field.getKey();
            JsonNode value = withRightType(clean(field.getValue(), name), name);
            boolean isDropped = value.isNull() || value.isArray() && value.isEmpty();
            if (cleaned == null && (isDropped || value != field.getValue())) {
                cleaned = object.objectNode();
                cleaned.setAll(object);
            }
            if (cleaned != null && isDropped) {
                cleaned.remove(field.getKey());
            } else if (cleaned != null) {
                cleaned.set(field.getKey(), value);
            }
        }
        return cleaned == null ? object : cleaned;
    }

    private static JsonNode withRightType(JsonNode value, String name) {
        boolean isWrong = OBJECTS.contains(name) && !value.isObject() && !isMetricLabels(value, name)
                || (LISTS.contains(name) || TEXT_LISTS.contains(name)) && !value.isArray()
                || TEXTS.contains(name) && value.isContainerNode()
                // The image of a volume is an object with a reference.
                || name.equals("image") && value.isContainerNode() && !value.has("reference")
                || name.equals("steps") && !value.isArray();
        return isWrong ? NullNode.getInstance() : value;
    }

    /** Returns whether a value is the labels of a metric: a list, unlike the labels of metadata. */
    private static boolean isMetricLabels(JsonNode value, String name) {
        return name.equals("labels") && value.isArray() && value.path(0).isObject();
    }

    private static JsonNode cleanElements(ArrayNode list, String name) {
        ArrayNode cleaned = null;
        int unchangedCount = 0;
        for (int i = 0; i < list.size(); i++) {
            JsonNode value = clean(list.get(i), name.equals("steps") ? "group" : "");
            boolean isDropped = (LISTS.contains(name) || name.equals("group")) && !value.isObject()
                    || TEXT_LISTS.contains(name) && !value.isValueNode()
                    || name.equals("steps") && !value.isContainerNode();
            if (cleaned == null && (isDropped || value != list.get(i))) {
                cleaned = list.arrayNode();
                for (int j = 0; j < unchangedCount; j++) {
                    cleaned.add(list.get(j));
                }
            }
            if (cleaned != null && !isDropped) {
                cleaned.add(value);
            }
            unchangedCount++;
        }
        return cleaned == null ? list : cleaned;
    }
}
