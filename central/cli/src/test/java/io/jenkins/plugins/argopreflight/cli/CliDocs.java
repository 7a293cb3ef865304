package io.jenkins.plugins.argopreflight.cli;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes docs/cli.md from the options themselves. */
final class CliDocs {

    private final List<String> lines = new ArrayList<>();

    static String markdown() {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        CommandLine root =
                Main.commandLine(new Terminal(Map.of(), InputStream.nullInputStream(), nowhere, nowhere, false, false));
        CliDocs docs = new CliDocs();
        docs.head(root);
        root.getSubcommands().values().forEach(command -> docs.command(command.getCommandSpec()));
        return String.join("\n", docs.lines) + "\n";
    }

    private void head(CommandLine root) {
        add("# The command line", "");
        add("<!-- Written from the options; change those, then run the tests with -Ddocs.write=true. -->", "");
        add("`./preflight` builds the command when needed and runs it; below it is called `argo-preflight`.", "");
        add(
                "Options can stand in a file: `argo-preflight check @preflight.options -f workflow.yaml`. It has any"
                        + " number of them on a line; a value with spaces is quoted, and # begins a comment.",
                "");
        add("| command | |", "|---|---|");
        root.getSubcommands().forEach((name, command) -> {
            String header = text(command.getCommandSpec().usageMessage().header());
            add("| [" + name + "](#" + name + ") | " + header + " |");
        });
        add("");
    }

    private void command(CommandSpec spec) {
        add("## " + spec.name(), "", text(spec.usageMessage().header()), "");
        if (spec.usageMessage().description().length > 0) {
            add(text(spec.usageMessage().description()), "");
        }
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            add("`" + parameter.paramLabel() + "`: " + text(parameter.description()), "");
        }
        spec.argGroups().stream()
                .sorted((a, b) -> Integer.compare(a.order(), b.order()))
                .forEach(this::group);
        add("```sh");
        for (String line : spec.usageMessage().footer()) {
            if (line.equals("Environment:")) {
                break;
            }
            add(line.replaceFirst("^  ", ""));
        }
        while (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        add("```", "");
        environment(spec.usageMessage().footer());
        if (Set.of("sync", "login-check", "pods").contains(spec.name())) {
            exitCodes(spec.usageMessage().exitCodeList());
        }
    }

    private void group(ArgGroupSpec group) {
        add("**" + group.heading().replace("%n", "").replaceFirst(":$", "") + "**", "", "| option | |", "|---|---|");
        for (OptionSpec option : group.allOptionsNested()) {
            String names = String.join("`, `", option.names());
            String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
            add("| `" + names + value + "` | " + text(option.description()).replace("|", "\\|") + " |");
        }
        add("");
    }

    private void environment(String[] footer) {
        boolean inside = false;
        for (String line : footer) {
            if (inside) {
                String[] parts = line.strip().split(" {2,}", 2);
                add("| `" + parts[0].replace(", ", "`, `") + "` | " + parts[1] + " |");
            } else if (line.equals("Environment:")) {
                add("| environment | |", "|---|---|");
                inside = true;
            }
        }
        if (inside) {
            add("");
        }
    }

    private void exitCodes(Map<String, String> codes) {
        add("| exit code | |", "|---|---|");
        codes.forEach((code, meaning) -> add("| " + code + " | " + meaning + " |"));
        add("");
    }

    private void add(String... more) {
        lines.addAll(List.of(more));
    }

    private static String text(String[] parts) {
        return Ansi.OFF.string(String.join(" ", parts)).replaceAll("%n", "").strip();
    }
}
