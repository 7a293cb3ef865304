package io.jenkins.plugins.argopreflight.engine.render.page;

import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a box in lines, which break after spaces and after the characters that join the parts of a name. */
final class BoxText {

    /** Characters that stay in one line, with the character after which a line can break, such as {@code build-}. */
    private static final Pattern PART = Pattern.compile("[^ \\-._/:(]*[ \\-._/:(]?");

    private BoxText() {}

    /**
     * Breaks a text into lines.
     *
     * @param width the maximum length of a line, in characters
     * @param maxLines the maximum number of lines; a longer text is cut in the last one
     */
    static List<String> lines(String text, int width, int maxLines) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (Matcher part = PART.matcher(text); part.find() && part.end() > part.start(); ) {
            if (length(line.toString()) + length(part.group().strip()) > width && line.length() > 0) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(part.group());
            while (length(line.toString().strip()) > width) {
                int end = line.offsetByCodePoints(0, width);
                lines.add(line.substring(0, end));
                line.delete(0, end);
            }
        }
        lines.add(line.toString());
        lines.replaceAll(String::strip);
        lines.removeIf(String::isEmpty);
        if (lines.size() <= maxLines) {
            return lines;
        }
        String overflow = String.join("", lines.subList(maxLines - 1, lines.size()));
        List<String> cut = new ArrayList<>(lines.subList(0, maxLines - 1));
        cut.add(Visible.cut(overflow, width));
        return cut;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
