package io.jenkins.plugins.argopreflight.cli.command;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A command with a terminal, and the parts that all commands have in common: the help option, headings and exit codes.
 */
@Command(
        sortOptions = false,
        synopsisHeading = "%nUsage: ",
        optionListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done as asked, and every image that was asked about can be pulled.",
            "1:Something was refused or failed, or an image cannot be pulled; the output says what to do.",
            "2:Bad usage or bad input: one line on standard error says what and where.",
            "3:Could not check what was asked: no answer from the cluster or from a registry.",
        })
abstract class TerminalCommand implements Callable<Integer> {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 1000,
            description = "Show this help.")
    boolean help;

    final Terminal terminal;

    TerminalCommand(Terminal terminal) {
        this.terminal = terminal;
    }
}
