package io.jenkins.plugins.argopreflight.engine.fix;

import java.util.stream.Collectors;

/**
 * Text from manifests, clusters and registries, harmless for terminals, logs and pages: what would move a cursor, turn
 * the direction of text or hide is shown as an escape, such as {@code \\u202e}.
 */
public final class Visible {

    private Visible() {}

    /** In one line; line breaks and tabs become spaces. */
    public static String line(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f) ? text : escaped(text);
    }

    private static String escaped(String text) {
        StringBuilder line = new StringBuilder();
        text.replace("\r\n", "\n").codePoints().forEach(point -> {
            if (point == '\n' || point == '\r' || point == '\t') {
                line.append(' ');
            } else if (isHidden(point)) {
                line.append(escape(point));
            } else {
                line.appendCodePoint(point);
            }
        });
        return line.toString();
    }

    /** Each line of a text that has several. */
    public static String lines(String text) {
        return text.lines().map(Visible::line).collect(Collectors.joining("\n"));
    }

    /**
     * A finished line of output that no CI runner takes for a command of its own, such as {@code ::error::} or
     * {@code ##vso[…]}; runners ignore the space before them.
     */
    public static String output(String line) {
        int start = 0;
        while (start < line.length() && isSpace(line.charAt(start))) {
            start++;
        }
        boolean command = line.startsWith("::", start) || line.startsWith("##[", start) || line.startsWith("##vso[", start);
        return command ? line.substring(0, start) + escape(line.charAt(start)) + line.substring(start + 1) : line;
    }

    /** Whether every character of it can be shown, in one line. */
    public static boolean isVisible(String text) {
        return text.codePoints().noneMatch(Visible::isHidden);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static String escape(int point) {
        return point > 0xffff ? String.format("\\u{%x}", point) : String.format("\\u%04x", point);
    }

    /** Controls, formats (direction, zero width, tags), separators, and letters and marks without a shape. */
    private static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default ->
                point == 0x34f
                        || point == 0x115f
                        || point == 0x1160
                        || point == 0x17b4
                        || point == 0x17b5
                        || point >= 0x180b && point <= 0x180f
                        || point == 0x3164
                        || point == 0xffa0
                        || point >= 0xfe00 && point <= 0xfe0f
                        || point >= 0xe0000 && point <= 0xe0fff;
        };
    }
}
