package io.jenkins.plugins.argopreflight.engine.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.argo.model.Origin;
import io.jenkins.plugins.argopreflight.engine.argo.model.Provenance;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A writer of pods as YAML. A comment shows the source and location of a field that is neither from the template nor
 * from Argo itself.
 */
public final class PodYaml {

    private static final Pattern PLAIN = Pattern.compile("-{0,2}[A-Za-z/][A-Za-z0-9_./-]*(?::[A-Za-z0-9_./-]++)*+");
    private static final Set<String> RESERVED_WORDS =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");
    private static final List<String> FIRST_FIELDS = List.of(
            "apiVersion",
            "kind",
            "metadata",
            "name",
            "image",
            "command",
            "args",
            "spec",
            "serviceAccountName",
            "imagePullSecrets",
            "initContainers",
            "containers");
    private static final Set<String> LAST_FIELDS = Set.of("volumeMounts", "volumes");

    private final ArgoPod pod;
    private final StringBuilder out = new StringBuilder();

    private PodYaml(ArgoPod pod) {
        this.pod = pod;
    }

    /** Returns one YAML document for each pod. */
    public static String render(List<ArgoPod> pods) {
        StringBuilder all = new StringBuilder();
        pods.forEach(pod -> all.append("---\n").append(render(pod)));
        return all.toString();
    }

    /** Returns a pod as it will be in the cluster, without the defaults that the API server adds. */
    public static String render(ArgoPod pod) {
        return new PodYaml(pod).document();
    }

    private String document() {
        String title = pod.template().isEmpty()
                ? pod.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " pod"
                : "template " + pod.template() + " (" + pod.templateLocation() + ")";
        out.append("# ").append(oneLine(title)).append('\n');
        out.append("# nodes: ").append(pod.count()).append(pod.isCountOpen() ? " or more, " : ", ");
        out.append(oneLine(String.join(", ", pod.nodeNames().stream().limit(3).toList())));
        out.append(pod.nodeNames().size() > 3 ? ", …\n" : "\n");
        pod.conditions()
                .forEach(each -> out.append("# ").append(oneLine(each.clause())).append('\n'));
        unresolved();
        ObjectNode manifest = Json.object().put("apiVersion", "v1").put("kind", "Pod");
        manifest.setAll(pod.pod());
        fields(manifest, "", 0, null, "");
        return out.toString();
    }

    /** Writes each variable once, with the first field that contains it. */
    private void unresolved() {
        Map<String, List<String>> pathsByVariable = new LinkedHashMap<>();
        pod.unresolved()
                .forEach(each -> pathsByVariable
                        .computeIfAbsent("{{" + each.variable() + "}}: " + each.reason(), key -> new ArrayList<>())
                        .add(each.path()));
        pathsByVariable.forEach((variable, paths) -> {
            String more = paths.size() > 1 ? " and " + (paths.size() - 1) + " more" : "";
            out.append("# not known yet: ")
                    .append(oneLine(variable + " (" + paths.get(0) + more + ")\n")
                            .strip());
            out.append('\n');
        });
    }

    /**
     * Writes the fields of an object.
     *
     * @param objectComment the comment on the object. It is on the first line, unless the first field has its own.
     */
    private void fields(ObjectNode object, String path, int indent, @Nullable Origin parent, String objectComment) {
        List<String> names = object.propertyStream()
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparingInt(PodYaml::rank))
                .toList();
        String defaultComment = objectComment;
        for (String name : names) {
            field(name, object.get(name), path, indent, parent, defaultComment);
            defaultComment = "";
        }
    }

    private static int rank(String field) {
        int first = FIRST_FIELDS.indexOf(field);
        return first >= 0 ? first : FIRST_FIELDS.size() + (LAST_FIELDS.contains(field) ? 1 : 0);
    }

    private void field(
            String name, JsonNode value, String path, int indent, @Nullable Origin parent, String defaultComment) {
        String fieldPath = FieldPath.field(path, name);
        Origin origin = fieldPath.startsWith("spec.") ? pod.origin(fieldPath) : null;
        out.append(" ".repeat(indent)).append(scalar(TextNode.valueOf(name))).append(':');
        // The objects of a list can have different sources. The comments are therefore at the objects, not at the list.
        boolean isObjectList = value.isArray() && value.path(0).isObject();
        String comment = isObjectList ? "" : comment(origin, parent);
        value(value, fieldPath, indent, isObjectList ? null : origin, comment.isEmpty() ? defaultComment : comment);
    }

    private void value(JsonNode value, String path, int indent, @Nullable Origin origin, String comment) {
        if (value instanceof ObjectNode object && !object.isEmpty()) {
            out.append(comment).append('\n');
            fields(object, path, indent + 2, origin, "");
        } else if (value instanceof ArrayNode list && !list.isEmpty()) {
            out.append(comment).append('\n');
            for (int i = 0; i < list.size(); i++) {
                element(list.get(i), path + "[" + Provenance.nameOf(list.get(i), i) + "]", indent, origin);
            }
        } else {
            out.append(' ').append(scalar(value)).append(comment).append('\n');
        }
    }

    private void element(JsonNode element, String path, int indent, @Nullable Origin parent) {
        out.append(" ".repeat(indent)).append('-');
        Origin origin = pod.origin(path);
        String comment = comment(origin, parent);
        if (element instanceof ObjectNode object && !object.isEmpty()) {
            int start = out.length();
            fields(object, path, indent + 2, origin, comment);
            out.delete(start, start + indent + 1);
        } else {
            out.append(' ').append(scalar(element)).append(comment).append('\n');
        }
    }

    /**
     * Returns the comment on a field, or "" for fields of the template or of Argo, and where the parent's comment
     * covers it.
     */
    private static String comment(@Nullable Origin origin, @Nullable Origin parent) {
        if (origin == null
                || origin.source() == FieldSource.TEMPLATE
                || origin.source() == FieldSource.ARGO
                || parent != null
                        && parent.source() == origin.source()
                        && origin.path().startsWith(parent.path())) {
            return "";
        }
        return "  # " + oneLine(origin.toString());
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }

    private static String scalar(JsonNode value) {
        if (!value.isTextual()) {
            return value.toString();
        }
        String text = value.asText();
        boolean plain = PLAIN.matcher(text).matches() && !RESERVED_WORDS.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : value.toString();
    }
}
