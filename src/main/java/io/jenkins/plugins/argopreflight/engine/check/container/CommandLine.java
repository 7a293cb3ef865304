package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A command that no shell takes apart: {@code command: ["sh -c"]} is one program with a blank in its name, and
 * {@code sh "echo hi && ls"} reads a script of that name. Source:
 * https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/
 */
public final class CommandLine extends ContainerCheck {

    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "ksh", "zsh");

    /** Argo puts its executor before the command of a template, and this between the two. */
    private static final String END_OF_OPTIONS = "--";

    private static final String EXECUTOR = "/var/run/argo/";

    public CommandLine() {
        super("command-line-in-one-word", "A container's command is a whole line in one word");
    }

    @Override
    List<Finding> check(At at) {
        List<String> words = own(at.container());
        if (words.isEmpty()) {
            return List.of();
        }
        String program = words.get(0);
        if (isLine(program) && !program.contains("/")) {
            return List.of(finding(
                            at,
                            "command",
                            "The command of " + at.description()
                                    + " is one word with a blank, so the program that is started has a name"
                                    + " with a blank. There is none, and the node ends in Error.")
                    .title("No program is called \"%s\"", program)
                    .evidence(EvidenceLine.field(
                            "command", at.container().path("command").toString()))
                    .fix(AskPerson.reader("write each word as an element of its own, as in command: [sh, -c], and"
                            + " the line in args")));
        }
        boolean shell = SHELLS.contains(program.substring(program.lastIndexOf('/') + 1));
        if (shell && words.size() == 2 && isLine(words.get(1)) && !words.get(1).startsWith("-")) {
            return List.of(finding(
                            at,
                            "args",
                            "The shell of " + at.description() + " has no -c, so it takes the line for the name of a"
                                    + " script. There is none, and the node ends in Failed.")
                    .title("The shell has no -c before its line")
                    .evidence(EvidenceLine.field(
                            "args", at.container().path("args").toString()))
                    .fix(AskPerson.reader("write command: [" + program + ", -c]")));
        }
        return List.of();
    }

    private Finding finding(At at, String field, String detail) {
        return Finding.fail(info(), Places.of(at.workflow(), at.pod(), at.path() + "." + field), detail);
    }

    /** Variables that are not known can be anything. */
    private static boolean isLine(String word) {
        return word.chars().anyMatch(Character::isWhitespace) && !word.contains("{{");
    }

    /** The command and arguments that the user wrote; empty where the container has no command of its own. */
    static List<String> own(JsonNode container) {
        List<String> words = words(container.path("command"));
        boolean executed = !words.isEmpty() && words.get(0).startsWith(EXECUTOR);
        words = new ArrayList<>(words.subList(executed ? words.indexOf(END_OF_OPTIONS) + 1 : 0, words.size()));
        if (!words.isEmpty()) {
            words.addAll(words(container.path("args")));
        }
        return words;
    }

    /** As {@code command} and {@code args} list them; a list that can be changed. */
    static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText("")));
        return words;
    }
}
