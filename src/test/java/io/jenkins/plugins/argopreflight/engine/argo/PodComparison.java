package io.jenkins.plugins.argopreflight.engine.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Compares a pod of ours with one that a controller made: everything but generated values. */
final class PodComparison {

    private static final long MINUTE = 60;

    private static final List<String> GENERATED =
            List.of("ARGO_TEMPLATE", "ARGO_DEADLINE", "ARGO_WORKFLOW_UID", "ARGO_NODE_ID", "ARGO_ARTIFACT_POD_NAME");

    private static final Pattern PLUGIN = Pattern.compile("(init-artifact|artifact-plugin)-.*");

    private final List<String> differences = new ArrayList<>();

    /**
     * @param stored name, labels, annotations and spec, as the API server has them; {@code seconds}, how long the
     *     workflow had run at most when the pod was made, else it was a minute
     */
    static List<String> differences(ArgoPod ours, JsonNode stored) {
        PodComparison comparison = new PodComparison();
        ObjectNode mine = ours.pod().deepCopy();
        ObjectNode theirs = stored.deepCopy();
        ObjectNode spec = (ObjectNode) mine.get("spec");
        ServerDefaults.fill(spec);
        ServerDefaults.strip((ObjectNode) theirs.get("spec"));
        orderPlugins(spec);
        orderPlugins((ObjectNode) theirs.get("spec"));
        comparison.deadline(
                spec, (ObjectNode) theirs.get("spec"), stored.path("seconds").asLong(MINUTE));
        comparison.compare("spec", names(spec, mine), names(theirs.get("spec"), theirs));
        comparison.compare("labels", mine.path("metadata").path("labels"), theirs.path("labels"));
        for (JsonNode side : new JsonNode[] {mine.path("metadata").path("annotations"), theirs.path("annotations")}) {
            if (side instanceof ObjectNode object) {
                object.remove(List.of("workflows.argoproj.io/node-id", "workflows.argoproj.io/node-name"));
            }
        }
        JsonNode annotations = mine.path("metadata").path("annotations");
        ServerDefaults.stripAnnotations(annotations, theirs.path("annotations"));
        comparison.compare("annotations", annotations, theirs.path("annotations"));
        return comparison.differences;
    }

    /**
     * Puts the containers of artifact plugins in the order of their names: Argo reads the plugins of a template from a Go
     * map, whose order is another one each time (Artifacts.GetPluginNames). All other containers stay where they are.
     */
    static void orderPlugins(ObjectNode spec) {
        for (String field : List.of("initContainers", "containers")) {
            if (spec.path(field) instanceof ArrayNode containers) {
                List<Integer> places = new ArrayList<>();
                List<JsonNode> plugins = new ArrayList<>();
                for (int i = 0; i < containers.size(); i++) {
                    if (PLUGIN.matcher(containers.get(i).path("name").asText()).matches()) {
                        places.add(i);
                        plugins.add(containers.get(i));
                    }
                }
                plugins.sort(Comparator.comparing(each -> each.path("name").asText()));
                for (int i = 0; i < places.size(); i++) {
                    containers.set(places.get(i), plugins.get(i));
                }
            }
        }
    }

    /** A pod's own name is no difference between pods of one kind. */
    private static JsonNode names(JsonNode spec, JsonNode pod) {
        String name = pod.path("metadata").path("name").asText(pod.path("name").asText());
        String node = pod.path("metadata")
                .path("annotations")
                .path("workflows.argoproj.io/node-name")
                .asText(pod.path("annotations")
                        .path("workflows.argoproj.io/node-name")
                        .asText());
        return replace(spec, name, node);
    }

    private static JsonNode replace(JsonNode node, String name, String nodeName) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(replace(field.getValue(), name, nodeName)));
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, replace(list.get(i), name, nodeName));
            }
        } else if (node.isTextual() && !name.isEmpty()) {
            String text = node.asText().replace(name, "POD");
            return com.fasterxml.jackson.databind.node.TextNode.valueOf(
                    nodeName.isEmpty() ? text : text.replace(nodeName, "NODE"));
        }
        return node;
    }

    /** Compares the deadlines of two pods: the rest of the workflow's deadline depends on the clock. */
    private void deadline(ObjectNode mine, ObjectNode theirs, long seconds) {
        JsonNode a = mine.remove("activeDeadlineSeconds");
        JsonNode b = theirs.remove("activeDeadlineSeconds");
        boolean close = a != null && b != null && a.asLong() - b.asLong() >= 0 && a.asLong() - b.asLong() < seconds;
        if (!close && (a != null || b != null)) {
            differences.add("spec.activeDeadlineSeconds: ours " + a + ", Argo's " + b);
        }
    }

    private void compare(String path, JsonNode mine, JsonNode theirs) {
        if (path.endsWith(".volumes") || path.endsWith(".items")) {
            compareSets(path, mine, theirs);
        } else if (mine instanceof ObjectNode || theirs instanceof ObjectNode) {
            TreeSet<String> fields = new TreeSet<>();
            mine.fieldNames().forEachRemaining(fields::add);
            theirs.fieldNames().forEachRemaining(fields::add);
            boolean generated = GENERATED.contains(mine.path("name").asText());
            for (String field : fields) {
                if (!generated || !field.equals("value")) {
                    compare(path + "." + field, mine.path(field), theirs.path(field));
                }
            }
        } else if (mine instanceof ArrayNode || theirs instanceof ArrayNode) {
            if (path.endsWith(".volumeMounts")) {
                compareSets(path, mine, theirs);
                return;
            }
            for (int i = 0; i < Math.max(mine.size(), theirs.size()); i++) {
                compare(path + "[" + i + "]", mine.path(i), theirs.path(i));
            }
        } else if (!same(path, mine, theirs)) {
            differences.add(path + ": ours " + brief(mine) + ", Argo's " + brief(theirs));
        }
    }

    private void compareSets(String path, JsonNode mine, JsonNode theirs) {
        List<JsonNode> rest = new ArrayList<>();
        theirs.forEach(rest::add);
        for (JsonNode each : mine) {
            int found = -1;
            for (int i = 0; i < rest.size() && found < 0; i++) {
                PodComparison inner = new PodComparison();
                inner.compare("", each, rest.get(i));
                found = inner.differences.isEmpty() ? i : -1;
            }
            if (found < 0) {
                differences.add(path + ": only ours has " + brief(each));
            } else {
                rest.remove(found);
            }
        }
        rest.forEach(each -> differences.add(path + ": only Argo's has " + brief(each)));
    }

    private static boolean same(String path, JsonNode mine, JsonNode theirs) {
        if (mine.isMissingNode() || theirs.isMissingNode()) {
            JsonNode there = mine.isMissingNode() ? theirs : mine;
            return there.isTextual() && there.asText().isEmpty() || there.isContainerNode() && there.isEmpty();
        }
        String a = mine.asText();
        String b = theirs.asText();
        if (path.contains(".resources.") || path.endsWith(".sizeLimit")) {
            return ServerDefaults.quantity(a).equals(ServerDefaults.quantity(b));
        }
        return a.equals(b) || a.contains("{{") && matches(a, b) || path.endsWith(".name") && access(a) && access(b);
    }

    private static boolean access(String name) {
        return name.startsWith("kube-api-access");
    }

    /** Returns whether a text with unknown values can become the other text. */
    static boolean matches(String pattern, String text) {
        StringBuilder regex = new StringBuilder();
        int at = 0;
        int open = pattern.indexOf("{{");
        while (open >= 0) {
            int close = pattern.indexOf("}}", open);
            if (close < 0) {
                break;
            }
            regex.append(Pattern.quote(pattern.substring(at, open))).append("(?s:.*)");
            at = close + 2;
            open = pattern.indexOf("{{", at);
        }
        return Pattern.matches(
                regex.append(Pattern.quote(pattern.substring(at))).toString(), text);
    }

    private static String brief(JsonNode node) {
        String text = node.isMissingNode() ? "nothing" : node.toString();
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
