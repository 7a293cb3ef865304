package io.jenkins.plugins.argopreflight.cli.command;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.demo.Demo;
import picocli.CommandLine.Command;

/** {@code argo-preflight demo}: broken, explained, fixed, proved; no cluster, no Docker, no network needed. */
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
