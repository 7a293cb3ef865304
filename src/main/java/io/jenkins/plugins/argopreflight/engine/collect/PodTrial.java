package io.jenkins.plugins.argopreflight.engine.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.cluster.Objects;
import io.jenkins.plugins.argopreflight.engine.cluster.Resource;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.Unresolved;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pod as it can be tried on an API server: with a name that is valid, and harmless values in place of those that are
 * not known before the workflow runs, where any value will do.
 */
final class PodTrial {

    private static final Pattern TAG = Pattern.compile("\\{\\{.*?}}", Pattern.DOTALL);

    /** Free text, or any name: no admission hangs on which it is. */
    private static final Pattern HARMLESS = Pattern.compile("spec\\.(initContainers|containers)\\[[^]]*]\\."
            + "(args|command|env|workingDir|volumeMounts)\\b.*|spec\\.(hostname|subdomain)"
            + "|spec\\.volumes\\[[^]]*]\\.(name|secret|configMap|persistentVolumeClaim|projected)\\b.*");

    private static final int LONGEST = 253;
    private static final String NAME = "argo-preflight-trial";

    private PodTrial() {}

    /** Unknown, with the value's reason, when the server's answer would hang on it. */
    static Fact<ObjectNode> of(ArgoPod pod, String namespace) {
        Optional<Unresolved> open = pod.unresolved().stream()
                .filter(each -> !HARMLESS.matcher(each.path()).matches())
                .findFirst();
        if (open.isPresent()) {
            return Fact.unknown(open.get().path() + " hangs on {{" + open.get().variable() + "}}: "
                    + open.get().reason());
        }
        ObjectNode object = Objects.of(Resource.PODS, namespace, name(pod.name()));
        ObjectNode metadata = Objects.metadata(object);
        for (String field : new String[] {"labels", "annotations"}) {
            if (pod.pod().path("metadata").has(field)) {
                metadata.set(field, filled(pod.pod().path("metadata").path(field), ""));
            }
        }
        object.set("spec", filled(pod.spec(), "spec"));
        return Fact.known(object);
    }

    /** What pods have in common that differ only in names. */
    static String shape(ObjectNode object) {
        ObjectNode bare = object.deepCopy();
        ObjectNode metadata = Objects.metadata(bare);
        metadata.remove("name");
        metadata.remove("annotations");
        bare.path("spec").findParents("env").forEach(container -> ((ObjectNode) container).remove("env"));
        bare.path("spec").findParents("args").forEach(container -> ((ObjectNode) container).remove("args"));
        return bare.toString();
    }

    private static String name(String name) {
        String valid = TAG.matcher(name).replaceAll("x").replace("*", "x");
        boolean fits = valid.length() <= LONGEST && valid.matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
        return fits ? valid : NAME;
    }

    private static JsonNode filled(JsonNode node, String path) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties()
                    .forEach(field ->
                            copy.set(key(field.getKey()), filled(field.getValue(), path + "." + field.getKey())));
            return copy;
        }
        if (node instanceof ArrayNode list) {
            ArrayNode copy = list.arrayNode();
            list.forEach(each -> copy.add(filled(each, path)));
            return copy;
        }
        return node.isTextual() && node.asText().contains("{{") ? TextNode.valueOf(text(node.asText(), path)) : node;
    }

    private static String key(String key) {
        return TAG.matcher(key).replaceAll("x");
    }

    private static String text(String text, String path) {
        return path.endsWith(".args") || path.endsWith(".command") || path.endsWith(".value")
                ? text
                : TAG.matcher(text).replaceAll("x");
    }
}
