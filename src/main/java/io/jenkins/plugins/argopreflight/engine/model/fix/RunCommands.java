package io.jenkins.plugins.argopreflight.engine.model.fix;

import java.util.List;

/**
 * A fix that runs commands in a shell, in their order.
 *
 * @param after the action after the commands; {@code ""} for none
 */
public record RunCommands(String note, List<Command> commands, String after) implements Fix {

    public RunCommands {
        commands = List.copyOf(commands);
    }

    public static RunCommands of(Command... commands) {
        return new RunCommands("", List.of(commands), "");
    }

    /** Returns this fix with its purpose as note. */
    public RunCommands because(String purpose) {
        return new RunCommands(purpose, commands, after);
    }

    /** Returns this fix with an action after the commands. */
    public RunCommands then(String next) {
        return new RunCommands(note, commands, next);
    }

    @Override
    public List<String> problems() {
        return commands.stream()
                .flatMap(command -> command.problems().stream())
                .distinct()
                .toList();
    }
}
