package io.jenkins.plugins.argopreflight.engine.collect.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.kube.Sha256;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.Spans;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Unresolved;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A pod as it can be tried on an API server: with a name that is valid, and harmless values in place of those that are
 * not known before the workflow runs, where any value will do.
 */
final class PodTrial {

    /** Free text, or any name: no admission hangs on which it is. */
    private static final Pattern HARMLESS = Pattern.compile("spec\\.(initContainers|containers)\\[[^]]*]\\."
            + "(args|command|env|workingDir|volumeMounts)\\b.*|spec\\.(hostname|subdomain)"
            + "|spec\\.volumes\\[[^]]*]\\.(name|secret|configMap|persistentVolumeClaim|projected)\\b.*");

    /** Fields whose values the server takes as they are. */
    private static final Set<String> FREE = Set.of("args", "command", "value");

    private static final Pattern VALID = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

    private static final String ACCOUNT = "serviceAccountName";

    private static final int LONGEST = 253;
    private static final String NAME = "argo-preflight-trial";

    private PodTrial() {}

    /** Returns whether the server's answer would hang on a value that the caller of the template supplies. */
    static boolean isOfCaller(ArgoPod pod) {
        return open(pod).anyMatch(Unresolved::isOfCaller);
    }

    private static Stream<Unresolved> open(ArgoPod pod) {
        return pod.unresolved().stream()
                .filter(each -> !HARMLESS.matcher(each.path()).matches())
                .filter(each -> !(each.isOfCaller() && each.path().equals("spec." + ACCOUNT)));
    }

    /**
     * The pod as an object, without the ServiceAccount of a caller that is not given; unknown, with the value's reason,
     * when the server's answer would hang on it.
     */
    static Fact<ObjectNode> of(ArgoPod pod, String namespace) {
        Optional<Unresolved> open = open(pod).findFirst();
        if (open.isPresent()) {
            return Fact.unknown(open.get().path() + " hangs on {{" + open.get().variable() + "}}: "
                    + open.get().reason());
        }
        ObjectNode object = Objects.of(Resource.PODS, namespace, name(pod.name()));
        ObjectNode metadata = Objects.metadata(object);
        for (String field : new String[] {"labels", "annotations"}) {
            if (pod.pod().path("metadata").has(field)) {
                metadata.set(field, filled(pod.pod().path("metadata").path(field), field));
            }
        }
        object.set("spec", filled(pod.spec(), "spec"));
        if (pod.isOfCaller(Objects.text(pod.spec(), ACCOUNT))) {
            ((ObjectNode) object.path("spec")).remove(ACCOUNT);
        }
        return Fact.known(object);
    }

    /** The same for pods that differ only in names. */
    static String shape(ObjectNode object) {
        StringBuilder shape = new StringBuilder(Objects.namespace(object));
        shape(object.path("metadata").path("labels"), shape);
        shape(object.path("spec"), shape);
        return Sha256.of(shape.toString());
    }

    private static void shape(JsonNode node, StringBuilder to) {
        if (node instanceof ObjectNode object) {
            to.append('{');
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (!field.getKey().equals("env") && !field.getKey().equals("args")) {
                    to.append(field.getKey()).append(':');
                    shape(field.getValue(), to);
                }
            }
            to.append('}');
        } else if (node instanceof ArrayNode list) {
            to.append('[');
            list.forEach(each -> shape(each, to));
            to.append(']');
        } else {
            to.append(node).append(',');
        }
    }

    private static String name(String name) {
        String valid = Spans.replace(name, "x", "{{", "}}").replace("*", "x");
        boolean fits = valid.length() <= LONGEST && VALID.matcher(valid).matches();
        return fits ? valid : NAME;
    }

    /**
     * What has no value to fill in is shared, not copied.
     *
     * @param field in which it stands
     */
    private static JsonNode filled(JsonNode node, String field) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object;
            for (Map.Entry<String, JsonNode> each : object.properties()) {
                String key =
                        each.getKey().contains("{{") ? Spans.replace(each.getKey(), "x", "{{", "}}") : each.getKey();
                JsonNode value = filled(each.getValue(), each.getKey());
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
                JsonNode value = filled(list.get(i), field);
                if (value != list.get(i)) {
                    copy = copy == list ? list.arrayNode().addAll(list) : copy;
                    copy.set(i, value);
                }
            }
            return copy;
        }
        return node.isTextual() && node.asText().contains("{{") && !FREE.contains(field)
                ? TextNode.valueOf(Spans.replace(node.asText(""), "x", "{{", "}}"))
                : node;
    }
}
