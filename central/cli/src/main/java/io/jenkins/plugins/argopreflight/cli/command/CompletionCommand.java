package io.jenkins.plugins.argopreflight.cli.command;

import io.jenkins.plugins.argopreflight.cli.console.Exit;
import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code argo-preflight completion}: prints the completion script, which is generated from the options. */
@Command(
        name = "completion",
        header = "Print the completion script for bash and zsh.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(argo-preflight completion)",
            "  argo-preflight completion > /etc/bash_completion.d/argo-preflight",
        })
public final class CompletionCommand extends TerminalCommand {

    @Spec
    CommandSpec spec;

    public CompletionCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        // A shell finds the completion of ./NAME and DIR/NAME under NAME, too.
        String program = root.getCommandName();
        String name = program.substring(program.lastIndexOf('/') + 1);
        terminal.out().print(AutoComplete.bash(name, root));
        return Exit.OK;
    }
}
