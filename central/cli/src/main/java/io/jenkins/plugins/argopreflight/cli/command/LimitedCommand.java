package io.jenkins.plugins.argopreflight.cli.command;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.option.LimitOptions;
import io.jenkins.plugins.argopreflight.cli.option.RunOptions;
import picocli.CommandLine.ArgGroup;

/** A command with the option {@code --limit}. */
abstract class LimitedCommand extends TerminalCommand {

    @ArgGroup(validate = false, exclusive = false, order = 60, heading = "%nOutput and limits:%n")
    RunOptions run = new RunOptions();

    @ArgGroup(validate = false, exclusive = false, order = 70, heading = "%nLimits:%n")
    LimitOptions limits = new LimitOptions();

    LimitedCommand(Terminal terminal) {
        super(terminal);
    }
}
