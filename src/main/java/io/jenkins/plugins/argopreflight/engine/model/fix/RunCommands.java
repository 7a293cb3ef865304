package io.jenkins.plugins.argopreflight.engine.model.fix;

import java.util.List;

/**
 * A fix that runs commands in a shell, in their order.
 *
 * @param after the action after the commands; {@code ""} for none
 */
public record RunCommands(FixNote note, List<Command> commands, String after)
        implements Fix, NotedFix<RunCommands> {

    public RunCommands {
        commands = List.copyOf(commands);
    }

    public static RunCommands of(Command... commands) {
        return new RunCommands(FixNote.NONE, List.of(commands), "");
    }

    @Override
    public RunCommands with(FixNote other) {
        return new RunCommands(other, commands, after);
    }

    /** Returns this fix with an action after the commands. */
    public RunCommands then(String next) {
        return new RunCommands(note, commands, next);
    }

    @Override
    public long characters() {
        return note.sentence().length()
                + commands.stream().mapToLong(Command::characters).sum()
                + after.length();
    }

    @Override
    public List<String> problems() {
        return commands.stream()
                .flatMap(command -> command.problems().stream())
                .distinct()
                .toList();
    }
}
