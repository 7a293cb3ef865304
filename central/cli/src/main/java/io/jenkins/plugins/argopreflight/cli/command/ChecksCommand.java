package io.jenkins.plugins.argopreflight.cli.command;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.render.text.CheckList;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code argo-preflight checks}: lists all checks. */
@Command(
        name = "checks",
        header = "List all checks.",
        exitCodeList = {"0:Listed.", "2:Bad usage."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  argo-preflight checks",
            "",
            "  # The ids alone.",
            "  argo-preflight checks --format json | jq -r '.checks[].id'",
        })
public final class ChecksCommand extends TerminalCommand {

    private static final List<String> FORMATS = List.of("text", "markdown", "json");

    @Option(names = "--format", paramLabel = "FORMAT", description = "text, markdown or json. Default: text.")
    String format = "text";

    public ChecksCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        CheckList list = new CheckList(Preflight.checks());
        terminal.out()
                .print(
                        switch (format) {
                            case "text" -> list.text(terminal.style());
                            case "markdown" -> list.markdown();
                            case "json" -> list.json();
                            default ->
                                throw new UsageException("--format " + format + ": no such format"
                                        + SimilarNames.question(SimilarNames.of(format, FORMATS))
                                        + "; there are text, markdown and json");
                        });
        return 0;
    }
}
