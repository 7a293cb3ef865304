package io.jenkins.plugins.argopreflight.engine.argo.expression;

/** A finder of spans between an opening and a closing mark, in one pass over the text. */
public final class Spans {

    private Spans() {}

    /**
     * Returns the text with each span, including its marks, replaced.
     *
     * @param marks pairs of an opening and a closing mark. The pair that opens first is used. An opening mark that is
     *     not closed is text.
     */
    public static String replace(String text, String replacement, String... marks) {
        boolean[] unclosed = new boolean[marks.length];
        StringBuilder result = new StringBuilder(text.length());
        int index = 0;
        while (index < text.length()) {
            int end = -1;
            for (int i = 0; i < marks.length && end < 0; i += 2) {
                if (!unclosed[i] && text.startsWith(marks[i], index)) {
                    int close = text.indexOf(marks[i + 1], index + marks[i].length());
                    unclosed[i] = close < 0;
                    end = close < 0 ? -1 : close + marks[i + 1].length();
                }
            }
            result.append(end < 0 ? text.substring(index, index + 1) : replacement);
            index = end < 0 ? index + 1 : end;
        }
        return result.toString();
    }
}
