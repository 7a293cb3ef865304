package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import org.jspecify.annotations.Nullable;

/**
 * Values that are none.
 *
 * @param words of the expression language where an operation fails on values that are all known; "" for the others
 */
record Undecided(String kind, String words) {
    /** Known only to a running workflow. */
    static final Undecided LATER = new Undecided("later", "");

    /** No such variable. */
    static final Undecided MISSING = new Undecided("missing", "");

    /** A member of a variable that does not exist: no default is taken, since expr fails. */
    static final Undecided UNREACHABLE = new Undecided("unreachable", "");

    private static final int SHOWN = 40;

    /** An operation on a known text that fails; a text with a tag that is still to be replaced is not known. */
    static Undecided fails(String before, String text, String after) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return text.contains("{{") ? LATER : new Undecided("fails", before + shown + after);
    }

    static Undecided fails(String words) {
        return new Undecided("fails", words);
    }

    /** Returns whether an expression with it stays in the text. */
    static boolean isAbsent(@Nullable Object value) {
        return value == MISSING || value == UNREACHABLE;
    }

    static boolean is(@Nullable Object value) {
        return value instanceof Undecided;
    }

    /** What an operation on such values gives: it fails only where all others are known. */
    static @Nullable Object of(@Nullable Object... values) {
        Object result = null;
        for (Object value : values) {
            if (isAbsent(value)) {
                return value;
            }
            result = value == LATER || result == null && is(value) ? value : result;
        }
        return result;
    }
}
