package io.jenkins.plugins.argopreflight.engine.model.fix;

import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The form of a fix for a POSIX shell. Parts of a manifest are written as YAML with comments. */
public final class Shell {

    /** Matches words in which a shell expands nothing. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_./:@%+,-][A-Za-z0-9_./:@%+,=-]*");
    /** Matches an assignment such as {@code --from-file=KEY=FILE}, of which only the value needs quotes. */
    private static final Pattern ASSIGNED = Pattern.compile("(?s)([A-Za-z0-9-]+=)(.+)");

    private static final String OWN_PROGRAM = "argo-preflight";

    /** The name with which the user ran the command line, such as {@code ./preflight}. */
    private static final String PROGRAM = System.getProperty("argopreflight.program", OWN_PROGRAM);

    private Shell() {}

    /**
     * Returns the fix in a form that can be pasted, without a line break at its end. For a fix with problems, returns
     * the request to correct them.
     */
    public static String text(Fix fix) {
        return fixText(fix).text();
    }

    /** Returns the fix as {@link #text(Fix)}, with what a renderer has to know of the text. */
    public static FixText fixText(Fix fix) {
        Fix checked = fix.checked();
        List<String> lines = new ArrayList<>();
        String after = "";
        if (checked instanceof RunCommands run) {
            run.commands().forEach(command -> lines.add(text(command)));
            after = run.after();
        } else if (checked instanceof ApplyManifest apply) {
            lines.add(text(apply.command()));
        } else if (checked instanceof ChangeField change) {
            lines.add(change.value().text().stripTrailing());
            if (!change.note().namesRemoval()) {
                change.remove().forEach(field -> lines.add(comment("and remove " + field)));
            }
            after = change.after();
        } else if (checked instanceof WriteCredentials write) {
            write.first().forEach(command -> lines.add(text(command)));
            lines.add(text(write.command()));
        }
        if (!after.isEmpty()) {
            lines.add(comment(after));
        }
        return FixText.of(checked.note(), lines, Shell::comment, hasDocument(checked));
    }

    private static boolean hasDocument(Fix checked) {
        return checked instanceof ApplyManifest
                || checked instanceof RunCommands run
                        && run.commands().stream()
                                .anyMatch(command -> !command.documents().isEmpty());
    }

    /** Returns a comment for a shell and YAML. */
    public static String comment(String sentence) {
        return "# " + Visible.line(sentence);
    }

    /** Returns the command with its here-document. The caller has checked the problems of the command. */
    static String text(Command command) {
        String line = line(command);
        if (command.documents().isEmpty()) {
            return line;
        }
        return line + "\n" + FixYaml.text(command.documents()) + endMark(command);
    }

    /** Returns the end mark of the here-document: a line that the document does not contain. */
    private static String endMark(Command command) {
        String text = FixYaml.text(command.documents());
        String endMark = "EOF";
        while (text.lines().anyMatch(endMark::equals)) {
            endMark += "_";
        }
        return endMark;
    }

    /** Returns the command in one line, without its here-document. */
    private static String line(Command command) {
        String first = programWithArguments(command.stages().get(0));
        if (!command.documents().isEmpty()) {
            first += " <<'" + endMark(command) + "'";
        } else if (!command.input().isEmpty()) {
            first += " < " + quoted(command.input().text());
        }
        String furtherStages = command.stages().stream()
                .skip(1)
                .map(stage -> " | " + programWithArguments(stage))
                .collect(Collectors.joining());
        String output = command.output().isEmpty()
                ? ""
                : " > " + quoted(command.output().text());
        String note = command.note().isEmpty() ? "" : "   " + comment(command.note());
        return first + furtherStages + output + note;
    }

    private static String programWithArguments(Command.Stage stage) {
        return stage.arguments().stream()
                .map(argument -> " " + quoted(argument.text()))
                .collect(Collectors.joining(
                        "", quoted(stage.program().equals(OWN_PROGRAM) ? PROGRAM : stage.program()), ""));
    }

    /**
     * Returns the command in one line for a sentence, without its documents.
     *
     * @return the command, or its problems if it has any
     */
    public static String inline(Command command) {
        List<String> problems = command.problems();
        return problems.isEmpty() ? line(command) : String.join(", and ", problems);
    }

    /** Returns a word unchanged if a shell expands nothing in it, else in single quotes. */
    public static String quoted(String word) {
        if (SAFE.matcher(word).matches()) {
            return word;
        }
        Matcher assigned = ASSIGNED.matcher(word);
        return assigned.matches() ? assigned.group(1) + inSingleQuotes(assigned.group(2)) : inSingleQuotes(word);
    }

    private static String inSingleQuotes(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
