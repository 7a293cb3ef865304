package io.jenkins.plugins.argopreflight.engine.argo.expression;

import java.util.Map;
import java.util.Optional;

/**
 * The values of the names in an expression. A value that only the running workflow has is a mark: its name between
 * {@link #MARK_START} and {@link #MARK_END}.
 */
@FunctionalInterface
public interface Variables {

    /** The first character of a mark: a character for private use in Unicode. */
    char MARK_START = '\uE000';

    /** The last character of a mark. */
    char MARK_END = '\uE001';

    /** Returns whether a text contains a mark, so that the text is known only at run time. */
    static boolean hasMark(String text) {
        return text.indexOf(MARK_START) >= 0;
    }

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
