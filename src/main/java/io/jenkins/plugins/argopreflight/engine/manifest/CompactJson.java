package io.jenkins.plugins.argopreflight.engine.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies of trees that no one can change, in as little memory as possible: objects are arrays of their fields, and equal
 * parts that were met lately are one. What is kept of a thousand workflows and their pods is mostly the same.
 *
 * <p>Texts are found by their order where many have the same hash, and all else by the identity of what it consists of,
 * so that no file can make it slow.
 */
public final class CompactJson {

    /** An equal part that was met longer ago is kept twice. */
    private static final int REMEMBERED = 1 << 15;

    /** Bytes of an object, list or text, and of a reference in it. */
    private static final int NODE = 64;

    private static final int REFERENCE = 4;

    /** The last character that Java keeps in one byte. */
    private static final char LATIN = '\u00ff';

    private static final int CHARGED_TOGETHER = 256;

    private final ConcurrentHashMap<String, String> names = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, TextNode> texts = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, JsonNode> numbers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Parts, Object> wholes = new ConcurrentHashMap<>();

    /** What a list, an object or the names of its fields consist of, each met before. */
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

    /** The same tree; to change it, take its {@code deepCopy()}. */
    public ObjectNode of(ObjectNode tree) {
        return of(tree, bytes -> {});
    }

    /** The same, which says how many bytes of memory those parts take, about, that were not met lately. */
    public ObjectNode of(ObjectNode tree, LongConsumer bytes) {
        Copy copy = new Copy();
        ObjectNode compact = copy.object(tree);
        bytes.accept(copy.bytes);
        return compact;
    }

    /** The same text, as one that was met lately. */
    public String text(String text) {
        return one(names, text, text);
    }

    /** The same names in the same order. */
    SmallMap.Keys keys(String[] of) {
        String[] known = new String[of.length];
        for (int i = 0; i < of.length; i++) {
            known[i] = text(of[i]);
        }
        return keysOf(known);
    }

    /** @param known each met before; taken over */
    private SmallMap.Keys keysOf(String[] known) {
        Parts parts = new Parts(null, known);
        Object same = wholes.get(parts);
        return same != null ? (SmallMap.Keys) same : (SmallMap.Keys) one(wholes, parts, new SmallMap.Keys(known));
    }

    private static <K, V> V one(ConcurrentHashMap<K, V> lately, K key, V part) {
        V known = lately.get(key);
        if (known != null) {
            return known;
        }
        if (lately.mappingCount() >= REMEMBERED) {
            lately.clear();
        }
        known = lately.putIfAbsent(key, part);
        return known == null ? part : known;
    }

    private final class Copy {

        private final Budget budget = Budget.current();
        private long bytes;
        private int met;

        private JsonNode of(JsonNode node) {
            if (++met == CHARGED_TOGETHER) {
                budget.charge(Limit.WORK, met);
                met = 0;
            }
            if (node instanceof ObjectNode object) {
                return object(object);
            }
            if (node instanceof ArrayNode list) {
                return list(list);
            }
            if (node instanceof TextNode text) {
                TextNode known = one(texts, text.textValue(), text);
                return counted(known, known == text, known == text ? length(text.textValue()) : 0);
            }
            return node instanceof NumericNode ? one(numbers, node.numberType() + node.asText(), node) : node;
        }

        private ObjectNode object(ObjectNode object) {
            String[] fields = new String[object.size()];
            JsonNode[] values = new JsonNode[object.size()];
            int i = 0;
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                fields[i] = name(field.getKey());
                values[i++] = of(field.getValue());
            }
            SmallMap.Keys keys = keysOf(fields);
            ObjectNode copy = FrozenJson.object(keys, values);
            ObjectNode known = (ObjectNode) one(wholes, new Parts(keys, values), copy);
            return counted(known, known == copy, (long) REFERENCE * values.length);
        }

        private String name(String name) {
            String known = names.get(name);
            if (known != null) {
                return known;
            }
            bytes += NODE + length(name);
            return CompactJson.this.text(name);
        }

        private ArrayNode list(ArrayNode list) {
            JsonNode[] elements = new JsonNode[list.size()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = of(list.get(i));
            }
            ArrayNode copy = FrozenJson.list(elements);
            ArrayNode known = (ArrayNode) one(wholes, new Parts(ArrayNode.class, elements), copy);
            return counted(known, known == copy, (long) REFERENCE * elements.length);
        }

        private <T extends JsonNode> T counted(T known, boolean isNew, long size) {
            bytes += isNew ? NODE + size : 0;
            return known;
        }
    }

    /** Bytes; Java keeps texts of Latin letters in one byte for each. */
    private static long length(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > LATIN) {
                return 2L * text.length();
            }
        }
        return text.length();
    }
}
