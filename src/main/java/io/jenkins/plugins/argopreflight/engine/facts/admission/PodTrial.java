package io.jenkins.plugins.argopreflight.engine.facts.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Spans;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Unresolved;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.text.Sha256;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A pod in the form that is sent to an API server: with a valid name, and placeholders for values that are known only
 * when the workflow runs, if admission does not depend on them.
 */
final class PodTrial {

    /** The fields with free text or names on which no admission depends. */
    private static final Pattern IRRELEVANT = Pattern.compile("spec\\.(initContainers|containers)\\[[^]]*]\\."
            + "(args|command|env|workingDir|volumeMounts)\\b.*|spec\\.(hostname|subdomain)"
            + "|spec\\.volumes\\[[^]]*]\\.(name|secret|configMap|persistentVolumeClaim|projected)\\b.*");

    /** The fields whose values the server does not validate. */
    private static final Set<String> NOT_VALIDATED = Set.of("args", "command", "value");

    private static final Pattern VALID = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

    private static final String SERVICE_ACCOUNT = "serviceAccountName";

    private static final int MAX_NAME_CHARACTERS = 253;
    private static final String DEFAULT_NAME = "argo-preflight-trial";

    private PodTrial() {}

    /** Returns whether the server's answer depends on a value that the caller of the template supplies. */
    static boolean isOfCaller(ArgoPod pod) {
        return undecided(pod).anyMatch(Unresolved::isOfCaller);
    }

    private static Stream<Unresolved> undecided(ArgoPod pod) {
        return pod.unresolved().stream()
                .filter(each -> !IRRELEVANT.matcher(each.path()).matches())
                .filter(each -> !(each.isOfCaller() && each.path().equals("spec." + SERVICE_ACCOUNT)));
    }

    /**
     * Returns the pod as an object, without a ServiceAccount that only the caller supplies. Unknown, with the reason,
     * if the server's answer depends on a value that is not known.
     */
    static Fact<ObjectNode> of(ArgoPod pod, String namespace) {
        Optional<Unresolved> undecided = undecided(pod).findFirst();
        if (undecided.isPresent()) {
            return Fact.unknown(undecided.get().path() + " hangs on {{"
                    + undecided.get().variable() + "}}: " + undecided.get().reason());
        }
        ObjectNode object = KubeObjects.of(Resource.PODS, namespace, validName(pod.name()));
        ObjectNode metadata = KubeObjects.metadata(object);
        for (String field : new String[] {"labels", "annotations"}) {
            if (pod.pod().path("metadata").has(field)) {
                metadata.set(field, withPlaceholders(pod.pod().path("metadata").path(field), field));
            }
        }
        object.set("spec", withPlaceholders(pod.spec(), "spec"));
        if (pod.isOfCaller(Json.text(pod.spec(), SERVICE_ACCOUNT))) {
            ((ObjectNode) object.path("spec")).remove(SERVICE_ACCOUNT);
        }
        return Fact.known(object);
    }

    /** Returns a key that is equal for pods that differ only in names, variables and arguments. */
    static String shape(ObjectNode object) {
        StringBuilder shape = new StringBuilder(KubeObjects.namespace(object));
        appendShape(object.path("metadata").path("labels"), shape);
        appendShape(object.path("spec"), shape);
        return Sha256.of(shape.toString());
    }

    private static void appendShape(JsonNode node, StringBuilder to) {
        if (node instanceof ObjectNode object) {
            to.append('{');
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (!field.getKey().equals("env") && !field.getKey().equals("args")) {
                    to.append(field.getKey()).append(':');
                    appendShape(field.getValue(), to);
                }
            }
            to.append('}');
        } else if (node instanceof ArrayNode list) {
            to.append('[');
            list.forEach(each -> appendShape(each, to));
            to.append(']');
        } else {
            to.append(node).append(',');
        }
    }

    /** Returns the name with placeholders for unknown parts; another name if that is no valid name. */
    private static String validName(String name) {
        String valid = Spans.replace(name, "x", "{{", "}}").replace("*", "x");
        boolean fits =
                valid.length() <= MAX_NAME_CHARACTERS && VALID.matcher(valid).matches();
        return fits ? valid : DEFAULT_NAME;
    }

    /**
     * Returns the node with placeholders for expressions. A part without expressions is shared, not copied.
     *
     * @param field the name of the field that holds the node
     */
    private static JsonNode withPlaceholders(JsonNode node, String field) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object;
            for (Map.Entry<String, JsonNode> each : object.properties()) {
                String key =
                        each.getKey().contains("{{") ? Spans.replace(each.getKey(), "x", "{{", "}}") : each.getKey();
                JsonNode value = withPlaceholders(each.getValue(), each.getKey());
                if (value != each.getValue() || !key.equals(each.getKey())) {
                    copy = copy == object ? object.objectNode().setAll(object) : copy;
                    copy.remove(each.getKey());
                    copy.set(key, value);
                }
            }
            return copy;
        }
        if (node instanceof ArrayNode list) {
            ArrayNode copy = list;
            for (int i = 0; i < list.size(); i++) {
                JsonNode value = withPlaceholders(list.get(i), field);
                if (value != list.get(i)) {
                    copy = copy == list ? list.arrayNode().addAll(list) : copy;
                    copy.set(i, value);
                }
            }
            return copy;
        }
        return node.isTextual() && node.asText().contains("{{") && !NOT_VALIDATED.contains(field)
                ? TextNode.valueOf(Spans.replace(Json.text(node), "x", "{{", "}}"))
                : node;
    }
}
