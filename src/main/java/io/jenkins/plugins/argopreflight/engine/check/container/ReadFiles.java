package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.PodTemplate;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Files that a container's own command surely reads, so that the container fails where it cannot. Of a script, these are the
 * plain commands at its beginning where each ends it when it fails, or the last one where all are plain. Source: POSIX, Shell
 * Command Language.
 */
public final class ReadFiles {

    /** They fail where they cannot read an operand, and where it is a folder. */
    private static final Set<String> READERS = Set.of("cat head tail wc grep base64 cp md5sum sha256sum jq".split(" "));

    private static final Set<String> PYTHON = Set.of("python", "python3");

    /** Of these, operands can be folders. */
    private static final Set<String> RECURSIVE = Set.of("grep", "cp");

    private static final Set<String> NOT_PLAIN =
            Set.of("if for while until case ! do then else exit return exec eval".split(" "));

    private ReadFiles() {}

    /** Whether a program such as {@code cat} reads this path, or one in it, and expects a file. */
    public static boolean reads(ArgoPod pod, JsonNode container, String path) {
        return anyCommand(pod, container, (program, operands) -> {
            boolean folders =
                    RECURSIVE.contains(program) && operands.stream().anyMatch(word -> word.matches("-.*[rRa].*"));
            // What is copied to is written.
            int last = program.equals("cp") ? operands.size() - 1 : operands.size();
            return READERS.contains(program)
                            && !folders
                            && operands.subList(0, Math.max(0, last)).stream().anyMatch(word -> isIn(word, path))
                    || PYTHON.contains(program) && !operands.isEmpty() && isIn(operands.get(0), path);
        });
    }

    /** Whether a shell executes a script there. */
    static boolean executes(ArgoPod pod, JsonNode container, String path) {
        return anyCommand(
                pod,
                container,
                (program, operands) ->
                        ShellScript.isShell(program) && !operands.isEmpty() && isIn(operands.get(0), path));
    }

    private static boolean isIn(String word, String path) {
        return (word + "/").startsWith(path + "/");
    }

    private static boolean anyCommand(ArgoPod pod, JsonNode container, BiPredicate<String, List<String>> isOne) {
        return commands(pod, container).stream()
                .anyMatch(words -> isOne.test(ShellScript.name(words.get(0)), words.subList(1, words.size())));
    }

    private static List<List<String>> commands(ArgoPod pod, JsonNode container) {
        List<String> words = CommandLine.own(container);
        if (words.isEmpty()) {
            return List.of();
        }
        return script(pod, container)
                .map(text -> commands(
                        text,
                        words.size() > 1
                                && words.get(1).matches("-[a-z]+")
                                && words.get(1).contains("e")))
                .orElse(List.of(words));
    }

    /** The script that a container's shell executes; empty where its program is none. */
    static Optional<String> script(ArgoPod pod, JsonNode container) {
        List<String> words = CommandLine.own(container);
        String source = Objects.text(container, "name").equals("main")
                ? Objects.text(PodTemplate.with("script", pod), "script", "source")
                : "";
        return source.isEmpty() || words.isEmpty() || !ShellScript.isShell(words.get(0))
                ? ShellScript.line(words)
                : Optional.of(source);
    }

    /** @param ends whether a command that fails ends the script */
    private static List<List<String>> commands(String script, boolean ends) {
        List<List<String>> commands = new ArrayList<>();
        boolean ending = ends;
        boolean whole = true;
        for (String line : script.strip().split("\n")) {
            for (String command : line.strip().startsWith("#") ? new String[0] : line.split(";")) {
                List<String> words = List.of(command.strip().split("\\s+"));
                whole &= isPlain(command, words.get(0));
                if (!whole) {
                    break;
                }
                if (words.get(0).equals("set")) {
                    ending |= command.matches("\\s*set\\s+-[a-z]*e.*");
                    commands.clear();
                } else if (!command.isBlank()) {
                    commands.add(words);
                }
            }
        }
        // Else the last one decides.
        List<List<String>> last = commands.subList(Math.max(0, commands.size() - 1), commands.size());
        return ending ? commands : whole ? last : List.of();
    }

    private static boolean isPlain(String command, String first) {
        return !NOT_PLAIN.contains(first)
                && !command.matches("(?s).*[|&<>`(){}#\\\\].*")
                && !command.contains("set +")
                && isClosed(command, '"')
                && isClosed(command, '\'');
    }

    private static boolean isClosed(String command, char quote) {
        return command.chars().filter(each -> each == quote).count() % 2 == 0;
    }
}
