package io.jenkins.plugins.argopreflight.engine.manifest;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The location of a value, with its children by field name or index. Values of an alias have the locations of the
 * anchor. There are as many locations as values, so they are stored in arrays.
 */
final class Place {

    private static final String[] NO_NAMES = {};
    private static final Place[] NO_CHILDREN = {};

    private final int line;
    private final int column;
    /** Names of the fields or indices of the elements, sorted. */
    private final String[] names;

    private final Place[] children;

    /**
     * Creates the location of a value.
     *
     * @param children locations by name or index, empty for a scalar
     */
    Place(int line, int column, Map<String, Place> children) {
        this.line = line;
        this.column = column;
        this.names = children.isEmpty()
                ? NO_NAMES
                : children.keySet().stream().sorted().toArray(String[]::new);
        this.children = children.isEmpty()
                ? NO_CHILDREN
                : Arrays.stream(names).map(children::get).toArray(Place[]::new);
    }

    private Place(int line, int column, String[] names, Place[] children) {
        this.line = line;
        this.column = column;
        this.names = names;
        this.children = children;
    }

    static Place scalar(int line, int column) {
        return new Place(line, column, Map.of());
    }

    /** Returns this value with another location, such as that of its key. */
    Place seenFrom(int otherLine, int otherColumn) {
        return new Place(otherLine, otherColumn, names, children);
    }

    /**
     * Returns an equal tree of locations that takes less memory.
     *
     * @param done the results so far by their input, since aliases share subtrees
     */
    Place compact(CompactJson compact, Map<Place, Place> done) {
        if (names.length == 0) {
            return this;
        }
        Place known = done.get(this);
        if (known == null) {
            Place[] copies = Arrays.stream(children)
                    .map(child -> child.compact(compact, done))
                    .toArray(Place[]::new);
            known = new Place(line, column, compact.keys(names).names(), copies);
            done.put(this, known);
        }
        return known;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    /** Returns a child, or null if it does not exist. */
    @Nullable
    Place child(String name) {
        int index = Arrays.binarySearch(names, name);
        return index < 0 ? null : children[index];
    }
}
