package io.jenkins.plugins.argopreflight.engine.fix;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a fix for a POSIX shell; what belongs into a manifest as YAML with comments. */
public final class Shell {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_./:@%+,-][A-Za-z0-9_./:@%+,=-]*");
    private static final Pattern ASSIGNED = Pattern.compile("(?s)([A-Za-z0-9-]+=)(.+)");

    private static final String OURS = "argo-preflight";

    /** What the reader called to run the command line, such as {@code ./preflight}. */
    private static final String PROGRAM = System.getProperty("argopreflight.program", OURS);

    private static final Pattern SAYS_SO = Pattern.compile("instead of|remove");

    private Shell() {}

    /** As it can be pasted, without a line break at its end; a fix with a problem is what to correct. */
    public static String text(Fix fix) {
        Fix sound = fix.checked();
        List<String> lines = new ArrayList<>();
        String after = "";
        if (!sound.note().isEmpty()) {
            lines.add(comment(sound.note()));
        }
        if (sound instanceof RunCommands run) {
            run.commands().forEach(command -> lines.add(text(command)));
            after = run.after();
        } else if (sound instanceof ApplyManifest apply) {
            lines.add(text(apply.command()));
        } else if (sound instanceof ChangeField change) {
            lines.add(change.value().text().stripTrailing());
            if (!SAYS_SO.matcher(change.note()).find()) {
                change.remove().forEach(field -> lines.add(comment("and remove " + field)));
            }
            after = change.after();
        } else if (sound instanceof WriteCredentials write) {
            write.first().forEach(command -> lines.add(text(command)));
            lines.add(text(write.command()));
        }
        if (!after.isEmpty()) {
            lines.add(comment(after));
        }
        return String.join("\n", lines);
    }

    /** Whether a command of it reads the lines after it, up to one that ends them and begins at the margin. */
    public static boolean hasDocument(Fix fix) {
        Fix sound = fix.checked();
        return sound instanceof ApplyManifest
                || sound instanceof RunCommands run
                        && run.commands().stream()
                                .anyMatch(command -> !command.documents().isEmpty());
    }

    /** A sentence that a shell and YAML read as nothing. */
    public static String comment(String sentence) {
        return "# " + Visible.line(sentence);
    }

    /** The command with what it reads; its problems are the caller's. */
    static String text(Command command) {
        String line = line(command);
        if (command.documents().isEmpty()) {
            return line;
        }
        return line + "\n" + FixYaml.text(command.documents()) + end(command);
    }

    /** A line that the text does not have. */
    private static String end(Command command) {
        String text = FixYaml.text(command.documents());
        String end = "EOF";
        while (text.lines().anyMatch(end::equals)) {
            end += "_";
        }
        return end;
    }

    /** In one line, which the text that it reads follows. */
    private static String line(Command command) {
        String first = words(command.stages().get(0));
        if (!command.documents().isEmpty()) {
            first += " <<'" + end(command) + "'";
        } else if (!command.input().isEmpty()) {
            first += " < " + quoted(command.input().text());
        }
        String rest = command.stages().stream()
                .skip(1)
                .map(stage -> " | " + words(stage))
                .collect(Collectors.joining());
        String output = command.output().isEmpty()
                ? ""
                : " > " + quoted(command.output().text());
        String note = command.note().isEmpty() ? "" : "   " + comment(command.note());
        return first + rest + output + note;
    }

    private static String words(Command.Stage stage) {
        return stage.arguments().stream()
                .map(argument -> " " + quoted(argument.text()))
                .collect(Collectors.joining("", quoted(stage.program().equals(OURS) ? PROGRAM : stage.program()), ""));
    }

    /**
     * The command inside a sentence: in one line, without what it reads.
     *
     * @return what to correct when it has a problem
     */
    public static String inline(Command command) {
        List<String> problems = command.problems();
        return problems.isEmpty() ? line(command) : String.join(", and ", problems);
    }

    /** One word, as it stands where a shell reads nothing into it, else in single quotes. */
    public static String quoted(String word) {
        if (SAFE.matcher(word).matches()) {
            return word;
        }
        Matcher assigned = ASSIGNED.matcher(word);
        return assigned.matches() ? assigned.group(1) + single(assigned.group(2)) : single(word);
    }

    private static String single(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
