package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The manifest of a resource template. An expression without a value is read as a text. */
public final class ResourceManifest {

    /** The placeholder of an expression: a word without special characters that no manifest contains. */
    private static final String PLACEHOLDER = "argopreflightvariable";

    /** The actions after which the objects of the manifest exist. */
    private static final Set<String> CREATING_ACTIONS = Set.of("create", "apply", "replace");

    private final List<String> variables = new ArrayList<>();

    private ResourceManifest() {}

    /** Returns whether a resource template creates the objects of its manifest. */
    static boolean creates(JsonNode resource) {
        return CREATING_ACTIONS.contains(Json.text(resource, "action"));
    }

    /**
     * Returns the objects of a manifest.
     *
     * @throws ManifestException if the manifest is not YAML with any values of its expressions
     */
    public static List<Document> read(String text) {
        return read("manifest", 0, text);
    }

    /** Returns the objects of a manifest; none if it is blank, or is not YAML without the values of its expressions. */
    public static List<Document> readable(String text) {
        try {
            return text.isBlank() ? List.of() : read(text);
        } catch (ManifestException e) {
            return List.of();
        }
    }

    /**
     * Returns the objects of a manifest in a file.
     *
     * @param line the line of the file above the first line of the manifest
     */
    static List<Document> read(String file, int line, String text) {
        ResourceManifest manifest = new ResourceManifest();
        List<Document> documents = new ManifestReader().read(file, "\n".repeat(line) + manifest.withPlaceholders(text));
        return manifest.variables.isEmpty()
                ? documents
                : documents.stream()
                        .map(document -> document.with(
                                (ObjectNode) manifest.restore(document.root().deepCopy())))
                        .toList();
    }

    private String withPlaceholders(String text) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        for (int open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", at)) {
            int close = text.indexOf("}}", open);
            if (close < 0) {
                break;
            }
            // The x ends the number of the variable.
            result.append(text, at, open)
                    .append(PLACEHOLDER)
                    .append(variables.size())
                    .append('x');
            variables.add(text.substring(open, close + 2));
            at = close + 2;
        }
        return result.append(text, at, text.length()).toString();
    }

    private JsonNode restore(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                object.set(field.getKey(), restore(field.getValue()));
                if (field.getKey().contains(PLACEHOLDER)) {
                    object.set(withVariables(field.getKey()), object.remove(field.getKey()));
                }
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, restore(list.get(i)));
            }
        } else if (node.isTextual() && node.asText().contains(PLACEHOLDER)) {
            return TextNode.valueOf(withVariables(Json.text(node)));
        }
        return node;
    }

    private String withVariables(String text) {
        StringBuilder restored = new StringBuilder();
        int at = 0;
        for (int placeholder = text.indexOf(PLACEHOLDER);
                placeholder >= 0;
                placeholder = text.indexOf(PLACEHOLDER, at)) {
            int end = text.indexOf('x', placeholder + PLACEHOLDER.length());
            restored.append(text, at, placeholder)
                    .append(variables.get(Integer.parseInt(text.substring(placeholder + PLACEHOLDER.length(), end))));
            at = end + 1;
        }
        return restored.append(text, at, text.length()).toString();
    }
}
