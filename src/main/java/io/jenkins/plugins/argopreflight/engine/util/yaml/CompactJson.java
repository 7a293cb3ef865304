package io.jenkins.plugins.argopreflight.engine.util.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A maker of immutable copies of JSON trees that take as little memory as possible. Objects are arrays of their fields,
 * and equal parts that were seen recently are shared, since most of a thousand workflows and their pods is equal.
 *
 * <p>Texts are compared by their order where many have the same hash, and containers by the identity of their parts, so
 * that no file can make it slow.
 */
public final class CompactJson {

    /**
     * Maximum number of parts of each kind that are remembered. An equal part that was seen longer ago is stored twice.
     */
    private static final int MAX_REMEMBERED_PARTS = 1 << 15;

    /** Memory for an object, list or text. */
    private static final int NODE_BYTES = 64;

    private static final int REFERENCE_BYTES = 4;

    /** The last character that Java stores in one byte. */
    private static final char LAST_LATIN = '\u00ff';

    private static final int NODES_PER_CHARGE = 256;

    private final Supplier<LongConsumer> charges;
    private final ConcurrentHashMap<String, String> names = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, TextNode> texts = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, JsonNode> numbers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Parts, Object> containers = new ConcurrentHashMap<>();

    /** Creates a maker whose work is charged to the run of the thread that calls it. */
    public CompactJson() {
        this(() -> {
            Budget budget = Budget.current();
            return nodes -> budget.charge(Limit.WORK_UNITS, nodes);
        });
    }

    private CompactJson(Supplier<LongConsumer> charges) {
        this.charges = charges;
    }

    /** Creates a maker for a cluster in memory, whose work is no part of the runs that ask it. */
    public static CompactJson uncharged() {
        return new CompactJson(() -> nodes -> {});
    }

    /** The parts of a list, an object, or the names of its fields. Each part is a shared one. */
    private record Parts(@Nullable Object kind, Object[] parts) {

        @Override
        public boolean equals(@Nullable Object other) {
            if (!(other instanceof Parts same) || kind != same.kind || parts.length != same.parts.length) {
                return false;
            }
            for (int i = 0; i < parts.length; i++) {
                if (parts[i] != same.parts[i]) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public int hashCode() {
            int hash = System.identityHashCode(kind);
            for (Object part : parts) {
                hash = 31 * hash + System.identityHashCode(part);
            }
            return hash;
        }
    }

    /** Returns an immutable copy of the tree. Its {@code deepCopy()} can be changed. */
    public ObjectNode of(ObjectNode tree) {
        return of(tree, bytes -> {});
    }

    /**
     * Returns an immutable copy of the tree, and reports the approximate number of bytes of the parts that are not
     * shared.
     */
    public ObjectNode of(ObjectNode tree, LongConsumer bytes) {
        Copy copy = new Copy();
        ObjectNode compact = copy.object(tree);
        bytes.accept(copy.bytes);
        return compact;
    }

    /** Returns an equal text that was seen recently, or else this one. */
    public String text(String text) {
        return shared(names, text, text);
    }

    /** Returns shared keys with these names in this order. */
    SmallMap.Keys keys(String[] names) {
        String[] shared = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            shared[i] = text(names[i]);
        }
        return keysOf(shared);
    }

    /**
     * Returns shared keys for texts that are shared already.
     *
     * @param known shared texts; the array is not copied
     */
    private SmallMap.Keys keysOf(String[] known) {
        Parts parts = new Parts(null, known);
        Object existing = containers.get(parts);
        return existing != null
                ? (SmallMap.Keys) existing
                : (SmallMap.Keys) shared(containers, parts, new SmallMap.Keys(known));
    }

    private static <K, V> V shared(ConcurrentHashMap<K, V> recent, K key, V part) {
        V known = recent.get(key);
        if (known != null) {
            return known;
        }
        if (recent.mappingCount() >= MAX_REMEMBERED_PARTS) {
            recent.clear();
        }
        known = recent.putIfAbsent(key, part);
        return known == null ? part : known;
    }

    private final class Copy {

        private final LongConsumer charge = charges.get();
        private long bytes;
        private int unchargedNodes;

        private JsonNode copy(JsonNode node) {
            if (++unchargedNodes == NODES_PER_CHARGE) {
                charge.accept(unchargedNodes);
                unchargedNodes = 0;
            }
            if (node instanceof ObjectNode object) {
                return object(object);
            }
            if (node instanceof ArrayNode list) {
                return list(list);
            }
            if (node instanceof TextNode text) {
                TextNode known = shared(texts, text.textValue(), text);
                return counted(known, known == text, known == text ? lengthBytes(text.textValue()) : 0);
            }
            return node instanceof NumericNode ? shared(numbers, node.numberType() + node.asText(), node) : node;
        }

        private ObjectNode object(ObjectNode object) {
            String[] fields = new String[object.size()];
            JsonNode[] values = new JsonNode[object.size()];
            int i = 0;
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                fields[i] = name(field.getKey());
                values[i++] = copy(field.getValue());
            }
            SmallMap.Keys keys = keysOf(fields);
            ObjectNode copy = FrozenJson.object(keys, values);
            ObjectNode known = (ObjectNode) shared(containers, new Parts(keys, values), copy);
            return counted(known, known == copy, (long) REFERENCE_BYTES * values.length);
        }

        private String name(String name) {
            String known = names.get(name);
            if (known != null) {
                return known;
            }
            bytes += NODE_BYTES + lengthBytes(name);
            return CompactJson.this.text(name);
        }

        private ArrayNode list(ArrayNode list) {
            JsonNode[] elements = new JsonNode[list.size()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = copy(list.get(i));
            }
            ArrayNode copy = FrozenJson.list(elements);
            ArrayNode known = (ArrayNode) shared(containers, new Parts(ArrayNode.class, elements), copy);
            return counted(known, known == copy, (long) REFERENCE_BYTES * elements.length);
        }

        private <T extends JsonNode> T counted(T known, boolean isNew, long sizeBytes) {
            bytes += isNew ? NODE_BYTES + sizeBytes : 0;
            return known;
        }
    }

    /** Returns the bytes of a text. Java stores a text of Latin letters in one byte per letter. */
    private static long lengthBytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > LAST_LATIN) {
                return 2L * text.length();
            }
        }
        return text.length();
    }
}
