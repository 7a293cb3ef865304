package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import org.jspecify.annotations.Nullable;

/** Values that are none. */
enum Undecided {
    /** Known only to a running workflow. */
    LATER,
    /** No such variable. */
    MISSING;

    static boolean is(@Nullable Object value) {
        return value instanceof Undecided;
    }

    /** What an operation on such values gives. */
    static @Nullable Object of(@Nullable Object... values) {
        Object result = null;
        for (Object value : values) {
            if (value == MISSING) {
                return MISSING;
            }
            result = value == LATER ? LATER : result;
        }
        return result;
    }
}
