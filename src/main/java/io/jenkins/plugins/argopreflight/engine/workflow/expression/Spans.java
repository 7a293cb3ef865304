package io.jenkins.plugins.argopreflight.engine.workflow.expression;

/** Finds what stands between an opening and a closing mark, in one pass over the text. */
public final class Spans {

    private Spans() {}

    /**
     * The text with each span, and its marks, replaced.
     *
     * @param marks an opening and a closing mark each; the first that opens counts, one that is not closed is text
     */
    public static String replace(String text, String replacement, String... marks) {
        boolean[] unclosed = new boolean[marks.length];
        StringBuilder result = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = -1;
            for (int i = 0; i < marks.length && end < 0; i += 2) {
                if (!unclosed[i] && text.startsWith(marks[i], at)) {
                    int close = text.indexOf(marks[i + 1], at + marks[i].length());
                    unclosed[i] = close < 0;
                    end = close < 0 ? -1 : close + marks[i + 1].length();
                }
            }
            result.append(end < 0 ? text.substring(at, at + 1) : replacement);
            at = end < 0 ? at + 1 : end;
        }
        return result.toString();
    }
}
