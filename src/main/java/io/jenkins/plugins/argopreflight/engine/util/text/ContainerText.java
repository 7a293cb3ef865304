package io.jenkins.plugins.argopreflight.engine.util.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reduction of a container's log line to visible text: control sequences are removed, so that it moves no cursor
 * and erases and hides nothing; its colours stay. A carriage return is a line break, since the text after it would
 * replace the text before it on a terminal.
 *
 * @see <a href="https://ecma-international.org/publications-and-standards/standards/ecma-48/">ECMA-48</a>
 */
public final class ContainerText {

    /**
     * The maximum number of lines of a line with carriage returns, such as a progress bar, which rewrites itself many
     * times. Its beginning and its end are shown.
     */
    private static final int MAX_LINES = 10;

    private static final int FIRST_LINES = 5;

    /**
     * The control sequences (CSI), control strings (OSC, DCS, SOS, PM, APC), other escape sequences, and single control
     * characters. A control string without an end is text.
     */
    private static final Pattern CONTROL = Pattern.compile("(?:\\u001b\\[|\\u009b)[0-?]*+[ -/]*+[@-~]"
            + "|(?:\\u001b[\\]PX^_]|[\\u009d\\u0090\\u0098\\u009e\\u009f])[^\\p{Cntrl}\\u0080-\\u009f]*+"
            + "(?:\\u0007|\\u001b\\\\|\\u009c)"
            + "|\\u001b[ -/]*+[0-~]"
            + "|[\\p{Cntrl}\\u0080-\\u009f&&[^\t\r]]");

    /**
     * The lines that Argo's executor writes into the log of the container that it wraps: text and JSON of logrus and
     * slog.
     *
     * @see <a
     *     href="https://github.com/argoproj/argo-workflows/blob/v4.0.5/cmd/argoexec/commands/emissary.go">emissary.go</a>
     */
    private static final Pattern EXECUTOR = Pattern.compile(
            "time=\\S+ level=\\w+ msg=.* argo=true(?: .*)?|\\{(?=.*\"level\":\")(?=.*\"msg\":\").*\"argo\":true[,}].*");

    private ContainerText() {}

    /** Returns whether Argo's executor, not the program in the container, wrote the line. */
    public static boolean isOfExecutor(String line) {
        return line.contains("argo") && EXECUTOR.matcher(line.strip()).matches();
    }

    /** Returns the lines of a line with carriage returns, at least one, with their colours. */
    public static List<String> lines(String line) {
        List<String> all = new ArrayList<>(Arrays.asList(withoutControls(line).split("\r+")));
        all.removeIf(String::isEmpty);
        if (all.isEmpty()) {
            return List.of("");
        }
        if (all.size() > MAX_LINES) {
            int hidden = all.size() - MAX_LINES + 1;
            all.subList(FIRST_LINES, FIRST_LINES + hidden).clear();
            all.add(FIRST_LINES, "… " + hidden + " more …");
        }
        return all;
    }

    /** Returns the lines of a log without colours, separated at carriage returns. */
    public static List<String> plain(List<String> log) {
        return log.stream()
                .flatMap(line -> lines(Visible.withoutColours(line)).stream())
                .toList();
    }

    private static String withoutControls(String line) {
        StringBuilder text = new StringBuilder();
        Matcher colour = Visible.COLOUR.matcher(line);
        int end = 0;
        while (colour.find()) {
            text.append(removeControls(line.substring(end, colour.start()))).append(colour.group());
            end = colour.end();
        }
        return text.append(removeControls(line.substring(end))).toString();
    }

    private static String removeControls(String part) {
        return CONTROL.matcher(part).replaceAll("");
    }
}
