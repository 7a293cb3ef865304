package io.jenkins.plugins.argopreflight.engine.argo.expression;

import org.jspecify.annotations.Nullable;

/**
 * Placeholders for values that cannot be computed.
 *
 * @param message the error of the expression language, if an operation fails with values that are all known; "" for the
 *     others
 */
record Undecided(String kind, String message) {
    /** A value that is known only to a running workflow. */
    static final Undecided AT_RUN_TIME = new Undecided("later", "");

    /** A variable that does not exist. */
    static final Undecided MISSING = new Undecided("missing", "");

    /** A member of a variable that does not exist. A default is not used, since expr fails. */
    static final Undecided UNREACHABLE = new Undecided("unreachable", "");

    private static final int SHOWN_CHARACTERS = 40;

    /**
     * Creates the result of an operation that fails on a known text. A text with a tag that will be replaced is not
     * known.
     */
    static Undecided fails(String before, String text, String after) {
        String shownText = text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text;
        return text.contains("{{") ? AT_RUN_TIME : new Undecided("fails", before + shownText + after);
    }

    static Undecided fails(String message) {
        return new Undecided("fails", message);
    }

    /** Returns whether an expression with the value stays in the text. */
    static boolean isAbsent(@Nullable Object value) {
        return value == MISSING || value == UNREACHABLE;
    }

    static boolean is(@Nullable Object value) {
        return value instanceof Undecided;
    }

    /**
     * Returns the result of an operation on such values, or null if all are known. It fails only if the others are
     * known.
     */
    static @Nullable Object of(@Nullable Object... values) {
        Object result = null;
        for (Object value : values) {
            if (isAbsent(value)) {
                return value;
            }
            result = value == AT_RUN_TIME || result == null && is(value) ? value : result;
        }
        return result;
    }
}
