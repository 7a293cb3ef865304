package io.jenkins.plugins.argopreflight.engine.fix;

import java.util.List;

/**
 * Commands for a shell, in their order.
 *
 * @param after what to do when they have run; "" for nothing
 */
public record RunCommands(String note, List<Command> commands, String after) implements Fix {

    public RunCommands {
        commands = List.copyOf(commands);
    }

    public static RunCommands of(Command... commands) {
        return new RunCommands("", List.of(commands), "");
    }

    /** The same with what it is for. */
    public RunCommands because(String why) {
        return new RunCommands(why, commands, after);
    }

    /** The same with what follows. */
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
