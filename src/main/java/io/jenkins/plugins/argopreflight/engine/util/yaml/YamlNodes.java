package io.jenkins.plugins.argopreflight.engine.util.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A converter of one YAML document to JSON with locations. Aliases become copies, {@code <<} is merged, and keys become
 * strings.
 */
final class YamlNodes {

    /** The tag of a scalar without quotes and without a tag. */
    static final Tag PLAIN = new Tag("!plain");

    private static final int MAX_INTERNED_CHARACTERS = 100;

    private final String file;
    private final Limits limits;
    private final ValueCount values;
    private final Map<Node, Integer> sizes = new IdentityHashMap<>();
    private final Map<Node, LocationNode> locations = new IdentityHashMap<>();
    private final Map<Node, Boolean> ancestors = new IdentityHashMap<>();
    private final Budget budget = Budget.current();
    private final List<Duplicate> duplicates = new ArrayList<>();
    private final List<BooleanWord> booleanWords = new ArrayList<>();
    private int aliased;

    YamlNodes(String file, Limits limits, ValueCount values) {
        this.file = file;
        this.limits = limits;
        this.values = values;
    }

    List<Duplicate> duplicates() {
        return duplicates;
    }

    List<BooleanWord> booleanWords() {
        return booleanWords;
    }

    LocationNode location(Node node) {
        return Objects.requireNonNull(locations.get(node));
    }

    /**
     * Converts a node. A node that was converted before is an alias, whose size counts towards the limit of aliases.
     */
    JsonNode toJson(Node node) {
        budget.checkAborted();
        Integer knownSize = sizes.get(node);
        if (knownSize != null) {
            values.charge(knownSize);
            aliased += knownSize;
            if (aliased > limits.aliased()) {
                throw error(
                        node, "aliases make this document more than " + limits.aliased() + " nodes larger: refused");
            }
        }
        if (ancestors.put(node, true) != null) {
            throw error(node, "the anchor contains itself");
        }
        int aliasedBefore = aliased;
        JsonNode json;
        if (node instanceof MappingNode mapping) {
            json = object(mapping);
        } else if (node instanceof SequenceNode sequence) {
            json = list(sequence);
        } else {
            json = scalar((ScalarNode) node);
            locations.putIfAbsent(node, LocationNode.scalar(line(node), column(node)));
        }
        ancestors.remove(node);
        if (knownSize != null) {
            aliased = aliasedBefore;
        } else {
            sizes.put(node, size(node));
        }
        return json;
    }

    private int size(Node node) {
        long size = 1;
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                size += sizes.getOrDefault(tuple.getValueNode(), 1);
            }
        } else if (node instanceof SequenceNode sequence) {
            for (Node element : sequence.getValue()) {
                size += sizes.getOrDefault(element, 1);
            }
        }
        return (int) Math.min(size, Integer.MAX_VALUE / 4);
    }

    private ArrayNode list(SequenceNode sequence) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        Map<String, LocationNode> children = new HashMap<>();
        for (Node element : sequence.getValue()) {
            children.put(Integer.toString(list.size()), null);
            list.add(toJson(element));
            noteBooleanValue(element, element);
            children.put(Integer.toString(list.size() - 1), locations.get(element));
        }
        locations.putIfAbsent(sequence, new LocationNode(line(sequence), column(sequence), children));
        return list;
    }

    /** Converts a mapping. Its own fields take precedence over those that {@code <<} merges. */
    private ObjectNode object(MappingNode mapping) {
        Map<String, JsonNode> ownFields = new LinkedHashMap<>();
        Map<String, LocationNode> children = new HashMap<>();
        Map<String, JsonNode> merged = new LinkedHashMap<>();
        Set<String> written = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (key instanceof ScalarNode scalar
                    && scalar.isPlain()
                    && scalar.getValue().equals("<<")) {
                merge(tuple.getValueNode(), merged, children);
                continue;
            }
            String name = key(key);
            if (!written.add(name)) {
                duplicates.add(new Duplicate(new Location(file, line(key), column(key)), name));
            }
            noteBooleanKey(key);
            noteBooleanValue(tuple.getValueNode(), key);
            ownFields.put(name, toJson(tuple.getValueNode()));
            children.put(name, location(tuple.getValueNode()).movedTo(line(key), column(key)));
        }
        ObjectNode object = sized(ownFields.size() + merged.size());
        ownFields.forEach(object::set);
        merged.forEach((name, value) -> {
            if (!ownFields.containsKey(name)) {
                object.set(name, value);
            }
        });
        locations.putIfAbsent(mapping, new LocationNode(line(mapping), column(mapping), children));
        return object;
    }

    private void merge(Node value, Map<String, JsonNode> merged, Map<String, LocationNode> children) {
        if (value instanceof SequenceNode sequence) {
            sequence.getValue().forEach(element -> merge(element, merged, children));
            return;
        }
        if (!(value instanceof MappingNode)) {
            throw error(value, "map merge requires map or sequence of maps as the value");
        }
        JsonNode source = toJson(value);
        source.properties().forEach(field -> {
            if (merged.putIfAbsent(field.getKey(), field.getValue()) == null) {
                children.putIfAbsent(field.getKey(), location(value).child(field.getKey()));
            }
        });
    }

    private void noteBooleanKey(Node key) {
        noteBoolean(key, key, /* isKey= */ true);
    }

    private void noteBooleanValue(Node value, Node at) {
        noteBoolean(value, at, /* isKey= */ false);
    }

    private void noteBoolean(Node word, Node at, boolean isKey) {
        if (word instanceof ScalarNode scalar
                && scalar.isPlain()
                && !scalar.getTag().equals(Tag.STR)
                && Scalars.isBooleanWord(scalar.getValue())) {
            booleanWords.add(new BooleanWord(new Location(file, line(at), column(at)), scalar.getValue(), isKey));
        }
    }

    private String key(Node key) {
        JsonNode json = key instanceof ScalarNode scalar ? scalar(scalar) : null;
        if (json == null || json.isNull()) {
            throw error(key, "a key must be a string");
        }
        return json.asText().intern();
    }

    private JsonNode scalar(ScalarNode node) {
        if (!node.isPlain() || node.getTag().equals(Tag.STR)) {
            return text(node.getValue());
        }
        try {
            JsonNode value = Scalars.plain(node.getValue());
            return value.isTextual() ? text(value.textValue()) : value;
        } catch (IllegalArgumentException e) {
            throw error(node, String.valueOf(e.getMessage()));
        }
    }

    /** Creates an object for a number of fields. Most objects are small, and Jackson's default size is not. */
    private static ObjectNode sized(int fields) {
        return new ObjectNode(JsonNodeFactory.instance, new LinkedHashMap<>(fields * 4 / 3 + 1));
    }

    /** Creates a text. Short texts, such as images and commands, are shared, since many files contain them. */
    private static TextNode text(String value) {
        return TextNode.valueOf(value.length() > MAX_INTERNED_CHARACTERS ? value : value.intern());
    }

    private ManifestException error(Node node, String message) {
        return new ManifestException(new Location(file, line(node), column(node)), message);
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static int column(Node node) {
        return node.getStartMark().getColumn() + 1;
    }
}
