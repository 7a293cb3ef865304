package io.jenkins.plugins.argopreflight.cli.command;

import io.jenkins.plugins.argopreflight.cli.option.PasswordByArgument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command, which only lists the subcommands. */
@Command(
        name = "argo-preflight",
        version = "argo-preflight 1.0-SNAPSHOT",
        header = "Can Argo Workflows pull its images, and does it have the permissions it needs?%n",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nStart here:%n",
        footer = {
            "  argo-preflight demo",
            "  argo-preflight check --help",
            "  argo-preflight sync --help",
        })
public final class ArgoPreflight implements Runnable {

    @Spec
    CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    boolean version;

    @Mixin
    PasswordByArgument never;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "missing COMMAND, one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
