package io.jenkins.plugins.argopreflight.engine.argo.expression;

import java.util.Map;
import java.util.Optional;

/**
 * The values of the names in an expression. A value that only the running workflow has is a mark; see
 * {@link UnknownMarks}.
 */
@FunctionalInterface
public interface Variables {

    /** Returns the value of a full name, such as {@code inputs.parameters.x}. */
    Optional<String> get(String name);

    /**
     * Returns the values of the names that begin with this name and a dot, by their remainder. Argo treats such a name
     * as an object.
     */
    default Map<String, String> below(String name) {
        return Map.of();
    }
}
