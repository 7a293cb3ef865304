package io.jenkins.plugins.argopreflight.engine.util.yaml;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of a tree with the location of each value: its children are found by field name or index. Values of an alias
 * have the locations of the anchor. There are as many nodes as values, so they are stored in arrays.
 */
final class LocationNode {

    private static final String[] NO_NAMES = {};
    private static final LocationNode[] NO_CHILDREN = {};

    private final int line;
    private final int column;
    /** Names of the fields or indices of the elements, sorted. */
    private final String[] names;

    private final LocationNode[] children;

    /**
     * Creates a node.
     *
     * @param children locations by name or index, empty for a scalar
     */
    LocationNode(int line, int column, Map<String, LocationNode> children) {
        this.line = line;
        this.column = column;
        this.names = children.isEmpty()
                ? NO_NAMES
                : children.keySet().stream().sorted().toArray(String[]::new);
        this.children = children.isEmpty()
                ? NO_CHILDREN
                : Arrays.stream(names).map(children::get).toArray(LocationNode[]::new);
    }

    private LocationNode(int line, int column, String[] names, LocationNode[] children) {
        this.line = line;
        this.column = column;
        this.names = names;
        this.children = children;
    }

    static LocationNode scalar(int line, int column) {
        return new LocationNode(line, column, Map.of());
    }

    /** Returns this node with another location, such as that of its key. */
    LocationNode movedTo(int otherLine, int otherColumn) {
        return new LocationNode(otherLine, otherColumn, names, children);
    }

    /**
     * Returns an equal tree of locations that takes less memory.
     *
     * @param done the results so far by their input, since aliases share subtrees
     */
    LocationNode compact(CompactJson compact, Map<LocationNode, LocationNode> done) {
        if (names.length == 0) {
            return this;
        }
        LocationNode known = done.get(this);
        if (known == null) {
            LocationNode[] copies = Arrays.stream(children)
                    .map(child -> child.compact(compact, done))
                    .toArray(LocationNode[]::new);
            known = new LocationNode(line, column, compact.keys(names).names(), copies);
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
    LocationNode child(String name) {
        int index = Arrays.binarySearch(names, name);
        return index < 0 ? null : children[index];
    }
}
