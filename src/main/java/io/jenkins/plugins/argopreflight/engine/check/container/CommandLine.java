package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A check for command lines that no shell splits: {@code command: ["sh -c"]} is one program with a blank in its name,
 * and {@code sh "echo hi && ls"} reads a script whose name is the whole line. Source:
 * https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/
 */
public final class CommandLine extends ContainerCheck {

    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "ksh", "zsh");

    /** The separator between Argo's executor, which Argo puts before the command of a template, and the command. */
    private static final String END_OF_OPTIONS = "--";

    private static final String EXECUTOR = "/var/run/argo/";

    public CommandLine() {
        super(CheckInfo.error(
                "command-line-in-one-word", "A container's command is a whole line in one word", Topic.WORKFLOW));
    }

    @Override
    protected List<Finding> check(Facts facts, CheckedContainer checked) {
        List<String> words = userCommand(checked.container());
        if (words.isEmpty()) {
            return List.of();
        }
        String program = words.get(0);
        if (isLine(program) && !program.contains("/")) {
            return List.of(finding(
                            checked,
                            "command",
                            "The command of " + checked.description()
                                    + " is one word with a blank, so the program that is started has a name"
                                    + " with a blank. There is none, and the node ends in Error.")
                    .title("No program is called \"%s\"", program)
                    .evidence(EvidenceLine.field(
                            "command", checked.container().path("command").toString()))
                    .fix(AskPerson.reader("write each word as an element of its own, as in command: [sh, -c], and"
                            + " the line in args")));
        }
        boolean isShell = SHELLS.contains(program.substring(program.lastIndexOf('/') + 1));
        if (isShell
                && words.size() == 2
                && isLine(words.get(1))
                && !words.get(1).startsWith("-")) {
            return List.of(finding(
                            checked,
                            "args",
                            "The shell of " + checked.description()
                                    + " has no -c, so it takes the line for the name of a"
                                    + " script. There is none, and the node ends in Failed.")
                    .title("The shell has no -c before its line")
                    .evidence(EvidenceLine.field(
                            "args", checked.container().path("args").toString()))
                    .fix(AskPerson.reader("write command: [" + program + ", -c]")));
        }
        return List.of();
    }

    private Finding finding(CheckedContainer checked, String field, String detail) {
        return Finding.fail(info(), Places.of(checked.workflow(), checked.pod(), checked.path() + "." + field), detail);
    }

    /**
     * Returns whether a word contains blanks. A word with an unresolved variable does not count, because its value can
     * be anything.
     */
    private static boolean isLine(String word) {
        return word.chars().anyMatch(Character::isWhitespace) && !word.contains("{{");
    }

    /** Returns the command and arguments that the user wrote; empty if the container has no command of its own. */
    static List<String> userCommand(JsonNode container) {
        List<String> words = elements(container.path("command"));
        boolean hasExecutor = !words.isEmpty() && words.get(0).startsWith(EXECUTOR);
        words = new ArrayList<>(words.subList(hasExecutor ? words.indexOf(END_OF_OPTIONS) + 1 : 0, words.size()));
        if (!words.isEmpty()) {
            words.addAll(elements(container.path("args")));
        }
        return words;
    }

    /** Returns the elements of {@code command} or {@code args}, in a list that can be changed. */
    static List<String> elements(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(Json.text(word)));
        return words;
    }
}
