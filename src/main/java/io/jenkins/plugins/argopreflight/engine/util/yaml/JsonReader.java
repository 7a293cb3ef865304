package io.jenkins.plugins.argopreflight.engine.util.yaml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A reader of a JSON file with one object or several after each other. */
final class JsonReader {

    private final String file;
    private final Limits limits;
    private final ValueCount values;
    private final List<Duplicate> duplicates = new ArrayList<>();

    JsonReader(String file, Limits limits, ValueCount values) {
        this.file = file;
        this.limits = limits;
        this.values = values;
    }

    List<Document> read(String text) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.nesting())
                        .maxStringLength(limits.bytes())
                        .build())
                .build();
        List<Document> documents = new ArrayList<>();
        try (JsonParser parser = factory.createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    throw new ManifestException(location(parser), "expected an object with apiVersion and kind");
                }
                Map<String, LocationNode> rootLocation = new HashMap<>();
                duplicates.clear();
                ObjectNode object = (ObjectNode) value(parser, "root", rootLocation);
                documents.add(new Document(
                        file,
                        documents.size() + 1,
                        object,
                        Objects.requireNonNull(rootLocation.get("root")),
                        duplicates,
                        List.of()));
            }
        } catch (JsonProcessingException e) {
            JsonLocation errorLocation = e.getLocation();
            Location location = errorLocation == null
                    ? new Location(file, 1, 1)
                    : new Location(file, errorLocation.getLineNr(), errorLocation.getColumnNr());
            throw new ManifestException(location, e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documents;
    }

    /** Reads the value at the position of the parser, and adds its location to those of its siblings. */
    private JsonNode value(JsonParser parser, String name, Map<String, LocationNode> siblings) throws IOException {
        values.charge(1);
        Location at = location(parser);
        Map<String, LocationNode> children = new HashMap<>();
        JsonNode value;
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String field = parser.currentName();
                    if (object.has(field)) {
                        duplicates.add(new Duplicate(location(parser), field));
                    }
                    Location key = location(parser);
                    parser.nextToken();
                    object.set(field, value(parser, field, children));
                    children.computeIfPresent(field, (fieldName, node) -> node.movedTo(key.line(), key.column()));
                }
                value = object;
            }
            case START_ARRAY -> {
                ArrayNode list = JsonNodeFactory.instance.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser, Integer.toString(list.size()), children));
                }
                value = list;
            }
            case VALUE_STRING -> value = TextNode.valueOf(parser.getText());
            case VALUE_TRUE -> value = BooleanNode.TRUE;
            case VALUE_FALSE -> value = BooleanNode.FALSE;
            case VALUE_NULL -> value = NullNode.getInstance();
            default -> value = Scalars.plain(parser.getText());
        }
        siblings.put(name, new LocationNode(at.line(), at.column(), children));
        return value;
    }

    private Location location(JsonParser parser) {
        JsonLocation at = parser.currentTokenLocation();
        return new Location(file, at.getLineNr(), at.getColumnNr());
    }
}
