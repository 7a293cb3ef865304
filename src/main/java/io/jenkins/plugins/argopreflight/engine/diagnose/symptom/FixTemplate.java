package io.jenkins.plugins.argopreflight.engine.diagnose.symptom;

import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixNote;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fix of the symptom table.
 *
 * @param note the action, or the purpose of the command
 * @param command the words of a command: {@code {Secret:secret}} is replaced by the name of an object of that kind,
 *     {@code {text:key}} by any text, {@code {Pod?:pod}} is left out without a value; empty if a person has to act
 */
public record FixTemplate(FixNote note, List<String> command) {

    /** Returns the fix with these values. */
    public Fix fill(Map<String, String> values) {
        FixNote filledNote = note.rewritten(text -> Values.fill(text, values));
        if (command.isEmpty()) {
            return new AskPerson("", filledNote);
        }
        Command filled =
                switch (command.get(0)) {
                    case "kubectl" -> Command.kubectl();
                    case "argo" -> Command.of("argo");
                    default -> throw new IllegalArgumentException("no program for a fix: " + command.get(0));
                };
        for (String word : command.subList(1, command.size())) {
            Optional<Operand> operand = operand(word, values);
            if (operand.isPresent()) {
                filled = filled.with(operand.get());
            }
        }
        return RunCommands.of(filled).with(filledNote);
    }

    /** Returns the operand for a word; empty if it is left out. */
    private static Optional<Operand> operand(String word, Map<String, String> values) {
        int colon = word.indexOf(':');
        if (!word.startsWith("{") || !word.endsWith("}") || colon < 0) {
            return Optional.of(Operand.text(word));
        }
        boolean optional = word.charAt(colon - 1) == '?';
        String kind = word.substring(1, optional ? colon - 1 : colon);
        String value = values.getOrDefault(word.substring(colon + 1, word.length() - 1), "");
        if (optional && value.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (kind) {
                    case "Namespace" -> Operand.namespace(value);
                    case "text" -> Operand.positional(value);
                    default -> Operand.name(kind, value);
                });
    }
}
