package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.ArrayList;
import java.util.List;

/**
 * The format of a text report.
 *
 * @param coloured whether ANSI escape sequences colour the text
 * @param width the maximum length of a line of a sentence, in characters
 */
public record Style(boolean coloured, int width) {

    public static final Style PLAIN = new Style(/* coloured= */ false, /* width= */ 110);
    public static final Style ANSI = new Style(/* coloured= */ true, /* width= */ 110);

    private static final String RESET = "\u001b[0m";

    public String good(String text) {
        return paint("\u001b[32m", text);
    }

    public String bad(String text) {
        return paint("\u001b[1;31m", text);
    }

    public String warn(String text) {
        return paint("\u001b[33m", text);
    }

    public String strong(String text) {
        return paint("\u001b[1m", text);
    }

    public String dim(String text) {
        return paint("\u001b[2m", text);
    }

    /**
     * Breaks a sentence into lines of at most {@code width} characters. Each line begins with the indent, and from the
     * second one with two more spaces.
     */
    public List<String> wrap(String indent, String sentence) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(indent);
        int indentLength = indent.length();
        for (String word : Visible.line(sentence).split(" +")) {
            if (line.length() > indentLength && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(indent).append("  ");
                indentLength = line.length();
            }
            line.append(line.length() == indentLength ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private String paint(String sequence, String text) {
        return !coloured || text.isEmpty() ? text : sequence + text + RESET;
    }
}
