package io.jenkins.plugins.argopreflight.offline.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The parser of Kubernetes objects, and Lists of them, in YAML or JSON. */
final class ObjectFiles {

    private static final ObjectReader READER = new YAMLMapper().readerFor(JsonNode.class);

    private ObjectFiles() {}

    /**
     * Returns the objects in a text.
     *
     * @param origin name of the text, for the message if it is not YAML
     */
    static List<ObjectNode> parse(String text, String origin) {
        List<ObjectNode> objects = new ArrayList<>();
        try (var documents = READER.<JsonNode>readValues(text)) {
            while (documents.hasNextValue()) {
                add(documents.nextValue(), origin, objects);
            }
        } catch (JsonProcessingException e) {
            // The parser's message quotes the text, which can contain a password.
            throw new IllegalArgumentException(
                    origin + ": not YAML: look at line " + e.getLocation().getLineNr());
        } catch (IOException e) {
            throw new IllegalArgumentException(origin + ": not readable", e);
        }
        return objects;
    }

    private static void add(JsonNode document, String origin, List<ObjectNode> objects) {
        if (document == null || document.isNull() || document.isMissingNode()) {
            return;
        }
        String kind = Json.text(document, "kind");
        if (!(document instanceof ObjectNode object)
                || kind.isEmpty()
                || Json.text(document, "apiVersion").isEmpty()) {
            throw new IllegalArgumentException(origin + ": not a Kubernetes object: apiVersion and kind are required");
        }
        if (kind.endsWith("List") && object.path("items").isArray()) {
            object.path("items").forEach(item -> add(item, origin, objects));
        } else {
            objects.add(object);
        }
    }
}
