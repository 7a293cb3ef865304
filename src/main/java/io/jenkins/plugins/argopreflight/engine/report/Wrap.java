package io.jenkins.plugins.argopreflight.engine.report;

import java.util.ArrayList;
import java.util.List;

/** Breaks sentences into lines that fit a window; a word that is longer than a line stays whole. */
final class Wrap {

    private static final int WIDTH = 110;

    private Wrap() {}

    /** The lines of a cleaned sentence, each after the indent; those after the first are set in by two more. */
    static List<String> lines(String indent, String sentence) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : Clean.line(sentence).split(" +")) {
            if (line.length() > 0 && indent.length() + 2 + line.length() + 1 + word.length() > WIDTH) {
                lines.add(line(indent, lines.isEmpty(), line));
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line(indent, lines.isEmpty(), line));
        return lines;
    }

    private static String line(String indent, boolean first, StringBuilder text) {
        return indent + (first ? "" : "  ") + text;
    }
}
