package io.jenkins.plugins.argopreflight.engine.argo.expression;

import java.util.function.UnaryOperator;

/**
 * The marks of unknown values in a text. A mark is the name of a value that only the running workflow has, between two
 * characters for private use in Unicode.
 */
public final class UnknownMarks {

    /** The first character of a mark. */
    public static final char START = '\uE000';

    /** The last character of a mark. */
    public static final char END = '\uE001';

    private UnknownMarks() {}

    /** Returns the mark of a value. */
    public static String of(String name) {
        return START + name + END;
    }

    /** Returns whether a text contains a mark, so that the text is known only at run time. */
    public static boolean isIn(String text) {
        return text.indexOf(START) >= 0;
    }

    /**
     * Returns the text with another text in the place of each mark. A mark that is not closed is text.
     *
     * @param replacement returns the text for the name in a mark
     */
    public static String replace(String text, UnaryOperator<String> replacement) {
        StringBuilder result = new StringBuilder(text.length());
        int end = 0;
        int start = text.indexOf(START);
        while (start >= 0) {
            int close = text.indexOf(END, start);
            if (close < 0) {
                break;
            }
            result.append(text, end, start).append(replacement.apply(text.substring(start + 1, close)));
            end = close + 1;
            start = text.indexOf(START, end);
        }
        return result.append(text, end, text.length()).toString();
    }

    /**
     * Returns the text with other texts in the place of the characters around marks, such as the braces of
     * {@code {{NAME}}}.
     */
    public static String withBounds(String text, String opening, String closing) {
        return text.replace(String.valueOf(START), opening).replace(String.valueOf(END), closing);
    }
}
