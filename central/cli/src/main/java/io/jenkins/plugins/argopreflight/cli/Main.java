package io.jenkins.plugins.argopreflight.cli;

import io.jenkins.plugins.argopreflight.cli.command.ArgoPreflight;
import io.jenkins.plugins.argopreflight.cli.command.CheckCommand;
import io.jenkins.plugins.argopreflight.cli.command.ChecksCommand;
import io.jenkins.plugins.argopreflight.cli.command.CompletionCommand;
import io.jenkins.plugins.argopreflight.cli.command.DemoCommand;
import io.jenkins.plugins.argopreflight.cli.command.DiagnoseCommand;
import io.jenkins.plugins.argopreflight.cli.command.ExplainCommand;
import io.jenkins.plugins.argopreflight.cli.command.LoginCheckCommand;
import io.jenkins.plugins.argopreflight.cli.command.PodsCommand;
import io.jenkins.plugins.argopreflight.cli.command.SnapshotCommand;
import io.jenkins.plugins.argopreflight.cli.command.SubmitCommand;
import io.jenkins.plugins.argopreflight.cli.command.SyncCommand;
import io.jenkins.plugins.argopreflight.cli.console.Exit;
import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The entry point of the command {@code argo-preflight}. */
public final class Main {

    /**
     * The property that must be empty when Java's first HTTP client is created, since otherwise no password is sent to
     * a proxy for https.
     */
    private static final String PROXY_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

    private Main() {}

    public static void main(String[] args) {
        if (System.getProperty(PROXY_SCHEMES) == null) {
            System.setProperty(PROXY_SCHEMES, "");
        }
        Terminal terminal = Terminal.ofProcess();
        Interruption interruption = Interruption.watch(terminal, args);
        int exit;
        try {
            exit = run(args, terminal);
        } finally {
            interruption.finished();
        }
        System.exit(exit);
    }

    /** Runs a command line without a process of its own. Neither stream counts as a terminal. */
    public static int run(String[] args, Map<String, String> env, InputStream in, PrintStream out, PrintStream err) {
        return run(args, Terminal.ofStreams(env, in, out, err));
    }

    static int run(String[] args, Terminal terminal) {
        int exit;
        try {
            exit = commandLine(terminal).execute(args);
        } catch (OutOfMemoryError e) {
            // picocli passes exceptions to the handler, but no errors.
            exit = Errors.outOfMemory(terminal);
        } finally {
            terminal.out().flush();
            terminal.err().flush();
        }
        if (terminal.out().checkError()) {
            terminal.err().println("argo-preflight: cannot write to standard output: what it shows is not complete");
            return Exit.USAGE;
        }
        return exit;
    }

    /**
     * Returns the command with its subcommands. {@code docs/cli.md} and the completion script are generated from it.
     */
    static CommandLine commandLine(Terminal terminal) {
        Errors errors = new Errors(terminal);
        return new CommandLine(new ArgoPreflight())
                .setCommandName(System.getProperty("argopreflight.program", "argo-preflight"))
                .addSubcommand(new CheckCommand(terminal))
                .addSubcommand(new DiagnoseCommand(terminal))
                .addSubcommand(new SubmitCommand(terminal))
                .addSubcommand(new SyncCommand(terminal))
                .addSubcommand(new LoginCheckCommand(terminal))
                .addSubcommand(new PodsCommand(terminal))
                .addSubcommand(new ChecksCommand(terminal))
                .addSubcommand(new ExplainCommand(terminal))
                .addSubcommand(new SnapshotCommand(terminal))
                .addSubcommand(new DemoCommand(terminal))
                .addSubcommand(new CompletionCommand(terminal))
                .setOut(new PrintWriter(terminal.out(), true))
                .setErr(new PrintWriter(terminal.err(), true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(terminal.width())
                .setUsageHelpLongOptionsMaxWidth(36)
                .setAbbreviatedOptionsAllowed(false)
                .setExecutionStrategy(new UsageRules())
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }
}
