package io.jenkins.plugins.argopreflight.engine.manifest;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands, and its children by field name or index; values reached by an alias share the anchor's. A file has
 * as many as it has values, so they are kept in arrays.
 */
final class Place {

    private static final String[] NO_NAMES = {};
    private static final Place[] NO_CHILDREN = {};

    private final int line;
    private final int column;
    /** Sorted. */
    private final String[] names;

    private final Place[] children;

    /** @param children empty for a scalar */
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

    /** The same value, seen from somewhere else, such as its key. */
    Place seenFrom(int otherLine, int otherColumn) {
        return new Place(otherLine, otherColumn, names, children);
    }

    /**
     * The same in less memory.
     *
     * @param done those of the document that are done, as aliases share them
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

    /** Null when there is none of that name. */
    @Nullable
    Place child(String name) {
        int index = Arrays.binarySearch(names, name);
        return index < 0 ? null : children[index];
    }
}
