package io.jenkins.plugins.argopreflight.engine.fix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a container's log as data: it moves no cursor, erases and hides nothing, and its colours are left. A carriage
 * return is a line break, since text behind it would replace the text before it on a terminal.
 *
 * @see <a href="https://ecma-international.org/publications-and-standards/standards/ecma-48/">ECMA-48</a>
 */
public final class ContainerText {

    /** A progress bar rewrites its line many times: its beginning and its end are shown. */
    private static final int MOST_LINES = 10;

    private static final int FIRST_LINES = 5;

    /**
     * Control sequences (CSI), control strings (OSC, DCS, SOS, PM, APC), other escapes, and controls alone. A string that
     * does not end is text.
     */
    private static final Pattern CONTROL = Pattern.compile("(?:\\u001b\\[|\\u009b)[0-?]*+[ -/]*+[@-~]"
            + "|(?:\\u001b[\\]PX^_]|[\\u009d\\u0090\\u0098\\u009e\\u009f])[^\\p{Cntrl}\\u0080-\\u009f]*+"
            + "(?:\\u0007|\\u001b\\\\|\\u009c)"
            + "|\\u001b[ -/]*+[0-~]"
            + "|[\\p{Cntrl}\\u0080-\\u009f&&[^\t\r]]");

    /**
     * Lines as Argo's executor writes them into the log of the container that it wraps: logrus' and slog's text and JSON.
     *
     * @see <a href="https://github.com/argoproj/argo-workflows/blob/v4.0.5/cmd/argoexec/commands/emissary.go">emissary.go</a>
     */
    private static final Pattern EXECUTOR = Pattern.compile(
            "time=\\S+ level=\\w+ msg=.* argo=true(?: .*)?|\\{(?=.*\"level\":\")(?=.*\"msg\":\").*\"argo\":true[,}].*");

    private ContainerText() {}

    /** Returns whether Argo's executor wrote the line, and not the program in the container. */
    public static boolean isOfExecutor(String line) {
        return line.contains("argo") && EXECUTOR.matcher(line.strip()).matches();
    }

    /** Returns the lines that a line is, at least one, with their colours. */
    public static List<String> lines(String line) {
        List<String> all = new ArrayList<>(Arrays.asList(clean(line).split("\r+")));
        all.removeIf(String::isEmpty);
        if (all.isEmpty()) {
            return List.of("");
        }
        if (all.size() > MOST_LINES) {
            int hidden = all.size() - MOST_LINES + 1;
            all.subList(FIRST_LINES, FIRST_LINES + hidden).clear();
            all.add(FIRST_LINES, "… " + hidden + " more …");
        }
        return all;
    }

    /** Returns the lines that the lines of a log are, without colours. */
    public static List<String> plain(List<String> log) {
        return log.stream()
                .flatMap(line -> lines(Visible.withoutColours(line)).stream())
                .toList();
    }

    private static String clean(String line) {
        StringBuilder text = new StringBuilder();
        Matcher colour = Visible.COLOUR.matcher(line);
        int end = 0;
        while (colour.find()) {
            text.append(removed(line.substring(end, colour.start()))).append(colour.group());
            end = colour.end();
        }
        return text.append(removed(line.substring(end))).toString();
    }

    private static String removed(String part) {
        return CONTROL.matcher(part).replaceAll("");
    }
}
