package io.jenkins.plugins.argopreflight.cli.command;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.catalog.RetiredCheck;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.render.text.CheckList;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code argo-preflight explain}: prints the help page of a check. */
@Command(
        name = "explain",
        header = "Explain one check: why, how to fix, what it cannot see.",
        exitCodeList = {"0:Explained.", "2:There is no such check."},
        footerHeading = "%nExamples:%n",
        footer = {"  argo-preflight explain docker-socket"})
public final class ExplainCommand extends TerminalCommand {

    @Parameters(paramLabel = "ID", description = "The check's id, as reports and argo-preflight checks name it.")
    String id;

    public ExplainCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        List<CheckInfo> checks = Preflight.checks();
        List<String> ids = checks.stream().map(CheckInfo::id).toList();
        CheckInfo info = checks.stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new UsageException(RetiredCheck.of(id)
                        .map(RetiredCheck::message)
                        .orElseGet(() -> "there is no check \"" + id + "\""
                                + SimilarNames.of(id, ids)
                                        .map("; did you mean %s?"::formatted)
                                        .orElse(" (argo-preflight checks lists them)"))));
        terminal.out().print(new CheckList(checks).explain(info, terminal.style()));
        return 0;
    }
}
