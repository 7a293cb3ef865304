package io.jenkins.plugins.argopreflight.engine.util.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The conversion of texts from manifests, clusters and registries to a form that is harmless in terminals, logs and
 * pages: characters that move the cursor, turn the direction of text or are invisible are shown as escapes, such as
 * {@code \\u202e}.
 */
public final class Visible {

    /**
     * The parameters that set or reset colours, weight and underline; not those for blinking (5) and concealing (8).
     */
    private static final String PARAMETER =
            "(?:0?[0-47]|2[1-47]|[34][0-79]|9[0-7]|10[0-7]|[34]8;5;\\d{1,3}|[34]8;2;\\d{1,3};\\d{1,3};\\d{1,3})?";

    /** A control sequence that sets colours, weight or underline. */
    static final Pattern COLOUR = Pattern.compile("\u001b\\[" + PARAMETER + "(?:;" + PARAMETER + "){0,15}m");

    private static final Pattern RESET = Pattern.compile("\u001b\\[0*m");

    private static final Pattern COLOUR_OR_TAB = Pattern.compile(COLOUR.pattern() + "|\t");

    /** The beginning of a command of GitHub Actions, Azure Pipelines or TeamCity, in upper or lower case. */
    private static final Pattern COMMAND = Pattern.compile("(?i)##(?=\\[|vso\\[|teamcity\\[)");

    /** The beginning of a section that GitLab or Travis CI collapses. */
    private static final Pattern SECTION =
            Pattern.compile("(section_(?:start|end)(?=:\\d)|travis_(?:fold|time)(?=:(?:start|end):)):");

    /** A line break with the spaces around it. */
    private static final Pattern BREAK = Pattern.compile("(?<![ \\t])[ \\t]*+\\R\\s*+");

    private Visible() {}

    /** Returns the text in one line; line breaks and tabs become spaces. */
    public static String line(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f) ? text : escaped(text);
    }

    /** Returns at most this number of characters, with an ellipsis at the end of a shortened text. */
    public static String cut(String text, int maxCharacters) {
        return text.codePointCount(0, text.length()) <= maxCharacters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, maxCharacters - 1)) + "…";
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

    /** Returns a sentence in one line: a line break with the spaces around it becomes a space. */
    public static String sentence(String text) {
        return line(joined(text, " "));
    }

    /** Returns the lines of a text, without the spaces around line breaks, joined by a separator. */
    public static String joined(String text, String separator) {
        return BREAK.matcher(text).replaceAll(Matcher.quoteReplacement(separator));
    }

    /** Returns a text of several lines with each line made visible. */
    public static String lines(String text) {
        return text.lines().map(Visible::line).collect(Collectors.joining("\n"));
    }

    /**
     * Returns a line of output in which no CI server finds a command: {@code ::error::}, which GitHub recognises after
     * spaces, and {@code ##[…]}, {@code ##vso[…]}, {@code ##teamcity[…]} and the sections of GitLab, which are
     * recognised at any position.
     *
     * @see <a href="https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs">ActionCommand</a>
     * @see <a href="https://www.jetbrains.com/help/teamcity/service-messages.html">service messages of TeamCity</a>
     * @see <a href="https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections">sections of GitLab</a>
     */
    public static String output(String line) {
        int start = 0;
        while (start < line.length() && spaceLength(line, start) > 0) {
            start += spaceLength(line, start);
        }
        String withoutCommand = line.startsWith("::", start)
                ? line.substring(0, start) + escape(':') + line.substring(start + 1)
                : line;
        String withoutSections = SECTION.matcher(withoutCommand)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + escape(':')));
        return COMMAND.matcher(withoutSections).replaceAll(found -> Matcher.quoteReplacement(escape('#') + "#"));
    }

    /** Returns the length of a space or colour at this position; 0 if there is none. */
    private static int spaceLength(String line, int at) {
        Matcher colour = COLOUR.matcher(line).region(at, line.length());
        return isSpace(line.charAt(at)) ? 1 : colour.lookingAt() ? colour.end() - at : 0;
    }

    /** Returns a text of several lines for a log. */
    public static String log(String text) {
        return text.lines().map(line -> output(line(line))).collect(Collectors.joining("\n"));
    }

    /** Returns a line with its colours, which end with the line. */
    public static String print(String line) {
        StringBuilder visible = new StringBuilder();
        Matcher part = COLOUR_OR_TAB.matcher(line);
        int end = 0;
        boolean coloured = false;
        while (part.find()) {
            visible.append(line(line.substring(end, part.start()))).append(part.group());
            end = part.end();
            coloured = part.group().equals("\t")
                    ? coloured
                    : !RESET.matcher(part.group()).matches();
        }
        visible.append(line(line.substring(end))).append(coloured ? "\u001b[0m" : "");
        return output(visible.toString());
    }

    /** Returns the text without colours. */
    public static String withoutColours(String text) {
        return COLOUR.matcher(text).replaceAll("");
    }

    /** Returns whether each character of the text can be shown in one line. */
    public static boolean isVisible(String text) {
        return text.codePoints().noneMatch(Visible::isHidden);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Returns the escape of a character in Java and JSON. */
    private static String escape(int point) {
        StringBuilder escape = new StringBuilder();
        for (char unit : Character.toChars(point)) {
            escape.append(String.format("\\u%04x", (int) unit));
        }
        return escape.toString();
    }

    /**
     * Returns whether a character is a control, a format character (direction, zero width, tag), a separator, or a
     * letter or mark without a shape.
     */
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
