package io.jenkins.plugins.argopreflight.engine.render.text;

import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow.AnswerRow;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow.Credential;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The commands that replace a rejected password of a registry in its Secret, or check the renewed one. */
final class Renewals {

    private Renewals() {}

    /** Returns one command for each rejected credential; empty if none was rejected. */
    static List<String> lines(Style style, List<PullRow> pulls) {
        Map<Credential, Set<String>> rejected = new LinkedHashMap<>();
        pulls.stream()
                .filter(pull -> pull.verdict() == Verdict.REJECTED)
                .forEach(pull -> pull.answers().stream()
                        .filter(answer -> answer.verdict() == Verdict.REJECTED && !answer.anonymous())
                        .map(AnswerRow::credential)
                        .forEach(credential -> rejected.computeIfAbsent(credential, any -> new LinkedHashSet<>())
                                .add(credential.secret().isEmpty() ? pull.image() : pull.namespace())));
        if (rejected.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(style.strong("With the renewed password in password.txt"));
        rejected.forEach((credential, targets) -> lines.add("  " + command(credential, targets)));
        return lines;
    }

    /**
     * Returns the command for a rejected credential: a sync that replaces its Secret, or a login check for a credential
     * that is in no Secret.
     *
     * @param targets the namespaces of the Secret; without a Secret, the images that were asked for
     */
    private static String command(Credential credential, Set<String> targets) {
        String registry = credential.key();
        Command command = credential.secret().isEmpty()
                ? Command.of("argo-preflight", "login-check")
                : Command.of("argo-preflight", "sync", "--name")
                        .name("Secret", credential.secret())
                        .with("-n")
                        .with(Operand.list(
                                targets.stream().map(Operand::namespace).toList()));
        command = command.with("--registry")
                .with(Operand.registry(registry))
                .with("--username")
                .with(Operand.positional(credential.username()))
                .with("--password-file", "password.txt");
        return Shell.text(RunCommands.of(
                credential.secret().isEmpty()
                        ? command.with(Operand.image(targets.iterator().next()))
                        : command));
    }
}
