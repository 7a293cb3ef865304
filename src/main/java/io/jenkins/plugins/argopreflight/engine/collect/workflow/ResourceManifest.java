package io.jenkins.plugins.argopreflight.engine.collect.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestException;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The manifest of a resource template; a variable that has no value yet stands for a text. */
public final class ResourceManifest {

    /** A word in YAML that no manifest contains. */
    private static final String MARK = "argopreflightvariable";

    /** The actions after which its objects are there. */
    private static final Set<String> CREATES = Set.of("create", "apply", "replace");

    private final List<String> variables = new ArrayList<>();

    private ResourceManifest() {}

    /** Whether a resource template creates the objects of its manifest. */
    static boolean creates(JsonNode resource) {
        return CREATES.contains(resource.path("action").asText(""));
    }

    /**
     * The objects of a manifest.
     *
     * @throws ManifestException when it is no YAML whatever the values
     */
    public static List<Document> read(String text) {
        return read("manifest", 0, text);
    }

    /** The objects of a manifest; none where only the running workflow makes it readable, or where there is none. */
    public static List<Document> readable(String text) {
        try {
            return text.isBlank() ? List.of() : read(text);
        } catch (ManifestException later) {
            return List.of();
        }
    }

    /**
     * The objects of a manifest that stands in a file.
     *
     * @param line of the file above its first
     */
    static List<Document> read(String file, int line, String text) {
        ResourceManifest manifest = new ResourceManifest();
        List<Document> documents = new ManifestReader().read(file, "\n".repeat(line) + manifest.marked(text));
        return manifest.variables.isEmpty()
                ? documents
                : documents.stream()
                        .map(document -> document.with(
                                (ObjectNode) manifest.restore(document.root().deepCopy())))
                        .toList();
    }

    private String marked(String text) {
        StringBuilder marked = new StringBuilder();
        int at = 0;
        for (int open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", at)) {
            int close = text.indexOf("}}", open);
            if (close < 0) {
                break;
            }
            marked.append(text, at, open).append(MARK).append(variables.size()).append('x');
            variables.add(text.substring(open, close + 2));
            at = close + 2;
        }
        return marked.append(text, at, text.length()).toString();
    }

    private JsonNode restore(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                object.set(field.getKey(), restore(field.getValue()));
                if (field.getKey().contains(MARK)) {
                    object.set(restored(field.getKey()), object.remove(field.getKey()));
                }
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, restore(list.get(i)));
            }
        } else if (node.isTextual() && node.asText().contains(MARK)) {
            return TextNode.valueOf(restored(node.asText("")));
        }
        return node;
    }

    private String restored(String text) {
        StringBuilder restored = new StringBuilder();
        int at = 0;
        for (int mark = text.indexOf(MARK); mark >= 0; mark = text.indexOf(MARK, at)) {
            int end = text.indexOf('x', mark + MARK.length());
            restored.append(text, at, mark)
                    .append(variables.get(Integer.parseInt(text.substring(mark + MARK.length(), end))));
            at = end + 1;
        }
        return restored.append(text, at, text.length()).toString();
    }
}
