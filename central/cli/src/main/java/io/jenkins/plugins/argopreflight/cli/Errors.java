package io.jenkins.plugins.argopreflight.cli;

import io.jenkins.plugins.argopreflight.cli.console.Exit;
import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The handler of exceptions, which prints one line on standard error and returns an exit code. */
final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private static final int MAX_SUGGESTIONS = 2;

    private final Terminal terminal;

    Errors(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        return say(name, reason(e) + " (see " + name + " --help)", Exit.USAGE);
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
        String name = command.getCommandSpec().qualifiedName();
        if (e instanceof UsageException
                || e instanceof KubeconfigException
                || e instanceof SnapshotException
                || e instanceof ManifestException) {
            return say(name, e.getMessage(), Exit.USAGE);
        }
        if (e instanceof ClusterException cluster) {
            boolean invalidInput = cluster.kind() == ClusterException.Kind.INVALID;
            return say(name, e.getMessage(), invalidInput ? Exit.USAGE : Exit.COULD_NOT_CHECK);
        }
        if (!terminal.env().getOrDefault("ARGO_PREFLIGHT_DEBUG", "").isEmpty()) {
            e.printStackTrace(terminal.err());
        }
        String message = "internal error, please report it: " + e.getClass().getSimpleName() + ": " + e.getMessage()
                + " (ARGO_PREFLIGHT_DEBUG=1 prints where)";
        return say(name, message, Exit.COULD_NOT_CHECK);
    }

    /** Reports that there is no memory left, with the limit and the option that raises it. The cause is not known. */
    static int outOfMemory(Terminal terminal) {
        long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
        terminal.err()
                .println("argo-preflight: ran out of memory at a heap of " + mebibytes
                        + " MiB: give it more with JAVA_TOOL_OPTIONS=-Xmx" + 2 * mebibytes
                        + "m, or check fewer workflows at once");
        return Exit.COULD_NOT_CHECK;
    }

    private int say(String name, String message, int exit) {
        terminal.err().println(Visible.sentence(name + ": " + message));
        return exit;
    }

    private static String reason(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (e instanceof MissingParameterException missing) {
            return "missing "
                    + missing.getMissing().stream()
                            .map(Errors::label)
                            .distinct()
                            .collect(Collectors.joining(", "));
        }
        String message = e.getMessage();
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static String label(ArgSpec arg) {
        return arg instanceof OptionSpec option ? option.longestName() + " " + arg.paramLabel() : arg.paramLabel();
    }

    /**
     * Returns the message for an unknown argument. It does not contain the argument's value, which can be a password.
     */
    private static String unmatched(UnmatchedArgumentException e) {
        String first = e.getUnmatched().get(0);
        if (!first.startsWith("-")) {
            return e.getCommandLine().getSubcommands().isEmpty()
                    ? "unexpected argument that belongs to no option"
                    : "unknown command" + suggestion(e);
        }
        return "unknown option " + first.split("=", 2)[0] + suggestion(e);
    }

    private static String suggestion(UnmatchedArgumentException e) {
        List<String> similar = similarNames(e.getCommandLine(), e.getUnmatched().get(0));
        return similar.isEmpty() ? "" : "; did you mean " + String.join(" or ", similar) + "?";
    }

    /** Returns the most similar names of options or subcommands, best first; empty if none is similar. */
    private static List<String> similarNames(CommandLine command, String input) {
        String name = input.split("=", 2)[0];
        Stream<String> names = name.startsWith("-")
                ? command.getCommandSpec().options().stream()
                        .filter(option -> !option.hidden())
                        .map(OptionSpec::longestName)
                : command.getSubcommands().keySet().stream();
        int maxDistance = Math.max(2, name.length() / 3);
        return names.filter(candidate -> SimilarNames.edits(name, candidate) <= maxDistance && shareTwo(name, candidate)
                        || name.length() > 4 && candidate.startsWith(name))
                .sorted(Comparator.comparingInt(candidate -> SimilarNames.edits(name, candidate)))
                .limit(MAX_SUGGESTIONS)
                .toList();
    }

    /** Returns whether the names have at least two letters in common. */
    private static boolean shareTwo(String a, String b) {
        return a.replace("-", "")
                        .chars()
                        .distinct()
                        .filter(letter -> b.indexOf(letter) >= 0)
                        .count()
                > 1;
    }
}
