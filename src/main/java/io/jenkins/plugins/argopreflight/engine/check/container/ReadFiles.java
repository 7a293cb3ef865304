package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.PodTemplate;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Determines the files that a container's own command certainly reads, so that the container fails if it cannot read
 * them. A script that a failing command ends (set -e) certainly reads the files of the plain commands at its beginning.
 * Other scripts certainly read the files of their last command, if all commands are plain. Source: POSIX, Shell Command
 * Language.
 */
public final class ReadFiles {

    /** The programs that fail if they cannot read an operand, or if the operand is a folder. */
    private static final Set<String> READERS = Set.of("cat head tail wc grep base64 cp md5sum sha256sum jq".split(" "));

    private static final Set<String> PYTHON = Set.of("python", "python3");

    /** The programs that read folders if they have an option such as {@code -r}, {@code -R} or {@code -a}. */
    private static final Set<String> RECURSIVE = Set.of("grep", "cp");

    /** The first words of commands after which it is not certain that the next command runs. */
    private static final Set<String> NOT_PLAIN =
            Set.of("if for while until case ! do then else exit return exec eval".split(" "));

    private ReadFiles() {}

    /** Returns whether a program such as {@code cat} reads a path or a path below it, and fails if this is a folder. */
    public static boolean reads(ArgoPod pod, JsonNode container, String path) {
        return anyCommand(pod, container, (program, operands) -> {
            boolean isRecursive =
                    RECURSIVE.contains(program) && operands.stream().anyMatch(word -> word.matches("-.*[rRa].*"));
            // The last operand of cp is written.
            int end = program.equals("cp") ? operands.size() - 1 : operands.size();
            return READERS.contains(program)
                            && !isRecursive
                            && operands.subList(0, Math.max(0, end)).stream().anyMatch(word -> isAtOrBelow(word, path))
                    || PYTHON.contains(program) && !operands.isEmpty() && isAtOrBelow(operands.get(0), path);
        });
    }

    /** Returns whether a shell executes a script at a path or below it. */
    static boolean executes(ArgoPod pod, JsonNode container, String path) {
        return anyCommand(
                pod,
                container,
                (program, operands) ->
                        ShellScript.isShell(program) && !operands.isEmpty() && isAtOrBelow(operands.get(0), path));
    }

    private static boolean isAtOrBelow(String word, String path) {
        return (word + "/").startsWith(path + "/");
    }

    private static boolean anyCommand(ArgoPod pod, JsonNode container, BiPredicate<String, List<String>> condition) {
        return commands(pod, container).stream()
                .anyMatch(words ->
                        condition.test(ShellScript.withoutFolder(words.get(0)), words.subList(1, words.size())));
    }

    private static List<List<String>> commands(ArgoPod pod, JsonNode container) {
        List<String> words = CommandLine.userCommand(container);
        if (words.isEmpty()) {
            return List.of();
        }
        // The options of a shell, such as -ec: with e, a failing command ends the script.
        return script(pod, container)
                .map(text -> certainCommands(
                        text,
                        words.size() > 1
                                && words.get(1).matches("-[a-z]+")
                                && words.get(1).contains("e")))
                .orElse(List.of(words));
    }

    /** Returns the script that a container's shell executes; empty if its program is not a shell. */
    static Optional<String> script(ArgoPod pod, JsonNode container) {
        List<String> words = CommandLine.userCommand(container);
        String source = Json.text(container, "name").equals("main")
                ? Json.text(PodTemplate.with("script", pod), "script", "source")
                : "";
        return source.isEmpty() || words.isEmpty() || !ShellScript.isShell(words.get(0))
                ? ShellScript.inlineScript(words)
                : Optional.of(source);
    }

    /**
     * Returns the commands of a script that certainly run and determine its result.
     *
     * @param endsOnFailure whether a failing command ends the script
     */
    private static List<List<String>> certainCommands(String script, boolean endsOnFailure) {
        List<List<String>> commands = new ArrayList<>();
        boolean failureEndsScript = endsOnFailure;
        boolean isPlain = true;
        for (String line : script.strip().split("\n")) {
            for (String command : line.strip().startsWith("#") ? new String[0] : line.split(";")) {
                List<String> words = List.of(command.strip().split("\\s+"));
                isPlain &= isPlain(command, words.get(0));
                if (!isPlain) {
                    break;
                }
                if (words.get(0).equals("set")) {
                    failureEndsScript |= command.matches("\\s*set\\s+-[a-z]*e.*");
                    // A failure of an earlier command did not end the script.
                    commands.clear();
                } else if (!command.isBlank()) {
                    commands.add(words);
                }
            }
        }
        // If a failing command does not end the script, the last command determines its result.
        List<List<String>> last = commands.subList(Math.max(0, commands.size() - 1), commands.size());
        return failureEndsScript ? commands : isPlain ? last : List.of();
    }

    /** Returns whether a command is one program with its operands: no keyword, operator, comment or open quote. */
    private static boolean isPlain(String command, String first) {
        return !NOT_PLAIN.contains(first)
                && !command.matches("(?s).*[|&<>`(){}#\\\\].*")
                && !command.contains("set +")
                && isQuoteClosed(command, '"')
                && isQuoteClosed(command, '\'');
    }

    private static boolean isQuoteClosed(String command, char quote) {
        return command.chars().filter(each -> each == quote).count() % 2 == 0;
    }
}
