package io.jenkins.plugins.argopreflight.engine.util.yaml;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An immutable map with few fields, in their order. Maps with the same fields share their names. */
final class SmallMap<V> extends AbstractMap<String, V> {

    /** The names of fields, in order. */
    static final class Keys {

        /** Maximum number of names that are searched without a table. Maps of labels can have more. */
        private static final int MAX_SEARCHED_NAMES = 16;

        private final String[] names;
        private final int[] hashes;
        private final Map<String, Integer> table = new HashMap<>(0);

        /**
         * Creates keys, with a table if they are many.
         *
         * @param names names of the fields; the array is not copied
         */
        Keys(String[] names) {
            this.names = names;
            this.hashes = Arrays.stream(names).mapToInt(String::hashCode).toArray();
            for (int i = 0; names.length > MAX_SEARCHED_NAMES && i < names.length; i++) {
                table.put(names[i], i);
            }
        }

        private int index(@Nullable Object name) {
            if (!table.isEmpty()) {
                return table.getOrDefault(name, -1);
            }
            int hash = name == null ? 0 : name.hashCode();
            for (int i = 0; i < hashes.length; i++) {
                if (hashes[i] == hash && names[i].equals(name)) {
                    return i;
                }
            }
            return -1;
        }

        String[] names() {
            return names;
        }
    }

    private final Keys keys;
    private final V[] values;

    /**
     * Creates a map with shared keys.
     *
     * @param values one value for each name; the array is not copied
     */
    SmallMap(Keys keys, V[] values) {
        this.keys = keys;
        this.values = values;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return keys.index(key) >= 0;
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        int index = keys.index(key);
        return index < 0 ? null : values[index];
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return values.length;
            }

            @Override
            public Iterator<Map.Entry<String, V>> iterator() {
                return new Fields();
            }
        };
    }

    private final class Fields implements Iterator<Map.Entry<String, V>> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < values.length;
        }

        @Override
        public Map.Entry<String, V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int at = next++;
            return Map.entry(keys.names[at], values[at]);
        }
    }
}
