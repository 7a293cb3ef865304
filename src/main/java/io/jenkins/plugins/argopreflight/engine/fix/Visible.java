package io.jenkins.plugins.argopreflight.engine.fix;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text from manifests, clusters and registries, harmless for terminals, logs and pages: what would move a cursor, turn
 * the direction of text or hide is shown as an escape, such as {@code \\u202e}.
 */
public final class Visible {

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    /** Colours, what clears the line of a progress, and tabs. */
    private static final Pattern OURS = Pattern.compile("\u001b\\[[0-9;]*[mK]|\r|\t");

    /** The beginning of a command in brackets, in any case. */
    private static final Pattern COMMAND = Pattern.compile("##(?=\\[|[vV][sS][oO]\\[)");

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
     * A finished line of output that no CI runner takes for a command of its own: {@code ::error::}, which runners find
     * behind spaces, and {@code ##[…]} and {@code ##vso[…]}, which they find wherever in a line they are.
     *
     * @see <a href="https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs">ActionCommand</a>
     */
    public static String output(String line) {
        int start = 0;
        while (start < line.length() && skipped(line, start) > 0) {
            start += skipped(line, start);
        }
        String begun = line.startsWith("::", start)
                ? line.substring(0, start) + escape(':') + line.substring(start + 1)
                : line;
        return COMMAND.matcher(begun).replaceAll(found -> Matcher.quoteReplacement(escape('#') + "#"));
    }

    /** How long a space or a colour is. */
    private static int skipped(String line, int at) {
        Matcher colour = COLOUR.matcher(line).region(at, line.length());
        return isSpace(line.charAt(at)) ? 1 : colour.lookingAt() ? colour.end() - at : 0;
    }

    /** A text of several lines for a log. */
    public static String log(String text) {
        return text.lines().map(line -> output(line(line))).collect(Collectors.joining("\n"));
    }

    /** What a program of ours prints: its colours stay. */
    public static String print(String line) {
        StringBuilder visible = new StringBuilder();
        Matcher ours = OURS.matcher(line);
        int end = 0;
        while (ours.find()) {
            visible.append(line(line.substring(end, ours.start()))).append(ours.group());
            end = ours.end();
        }
        return output(visible.append(line(line.substring(end))).toString());
    }

    /** Whether every character of it can be shown, in one line. */
    public static boolean isVisible(String text) {
        return text.codePoints().noneMatch(Visible::isHidden);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** As Java and JSON write it. */
    private static String escape(int point) {
        StringBuilder escape = new StringBuilder();
        for (char unit : Character.toChars(point)) {
            escape.append(String.format("\\u%04x", (int) unit));
        }
        return escape.toString();
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
