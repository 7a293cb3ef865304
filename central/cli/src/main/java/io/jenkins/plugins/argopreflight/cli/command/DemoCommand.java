package io.jenkins.plugins.argopreflight.cli.command;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.demo.Demo;
import picocli.CommandLine.Command;

/**
 * The command {@code argo-preflight demo}: shows a problem, its explanation and its fix, without a cluster, Docker or a
 * network.
 */
@Command(
        name = "demo",
        header = "Show a workflow that cannot pull its image: broken, explained, fixed, proved.",
        description = {
            "%nStarts a registry with token authentication on a loopback port and a small cluster, both in this"
                    + " process. Nothing else is touched, and every sentence it prints is checked."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  argo-preflight demo", "  NO_COLOR=1 argo-preflight demo | less"})
public final class DemoCommand extends TerminalCommand {

    public DemoCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        return new Demo(terminal).run();
    }
}
