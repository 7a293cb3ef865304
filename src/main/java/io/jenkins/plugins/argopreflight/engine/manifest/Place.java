package io.jenkins.plugins.argopreflight.engine.manifest;

import java.util.Map;

/**
 * Where a value stands, and its children by field name or index; values reached by an alias share the anchor's.
 *
 * @param children empty for a scalar
 */
record Place(int line, int column, Map<String, Place> children) {

    static Place scalar(int line, int column) {
        return new Place(line, column, Map.of());
    }
}
