package io.jenkins.plugins.argopreflight.cli.command;

import io.jenkins.plugins.argopreflight.cli.console.Progress;
import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.cli.option.ArgoNamespace;
import io.jenkins.plugins.argopreflight.cli.option.NamespaceName;
import io.jenkins.plugins.argopreflight.cli.option.Output.Format;
import io.jenkins.plugins.argopreflight.cli.option.Outputs;
import io.jenkins.plugins.argopreflight.cli.option.RegistrySourceOptions;
import io.jenkins.plugins.argopreflight.cli.option.RunOptions;
import io.jenkins.plugins.argopreflight.cli.option.SourceOptions;
import io.jenkins.plugins.argopreflight.cli.option.SourceOptions.Source;
import io.jenkins.plugins.argopreflight.engine.Diagnose;
import io.jenkins.plugins.argopreflight.engine.Pods;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.report.DiagnosisHtml;
import io.jenkins.plugins.argopreflight.engine.report.DiagnosisJson;
import io.jenkins.plugins.argopreflight.engine.report.DiagnosisMarkdown;
import io.jenkins.plugins.argopreflight.engine.report.DiagnosisText;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code argo-preflight diagnose}: why a workflow failed or hangs, and what fixes it. */
@Command(
        name = "diagnose",
        header = "Find out why a workflow failed or hangs, and what fixes it.",
        customSynopsis = {
            "argo-preflight diagnose NAME [-n NAMESPACE] [--logs] [-o FORMAT[=FILE]]...",
            "argo-preflight diagnose -l LABELS [-n NAMESPACE]",
        },
        description = {
            "%nReads the workflow, its pods, their events, the nodes, quotas and the controller, then what check reads,"
                    + " and asks the registries again with the pods' own pull Secrets. Each cause is shown once, with"
                    + " the object to fix, what was seen, whether waiting helps, and what to do afterwards. What only"
                    + " follows from it stands below. Nothing is changed. What could not be read is listed with the"
                    + " missing right."
        },
        exitCodeList = {
            "0:No cause was found: the workflow succeeded, runs, or waits as it is meant to.",
            "1:A cause was found; the output says what to do.",
            "2:Bad usage or bad input: one line on standard error says what and where.",
            "3:No cause was found, and the workflow or its pods could not be read.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  # A workflow that failed or does not go on.",
            "  argo-preflight diagnose build-x7k2p -n ci",
            "",
            "  # With the last lines of the logs of containers that failed.",
            "  argo-preflight diagnose build-x7k2p -n ci --logs",
            "",
            "  # Without the cluster: from a snapshot that was captured after the failure.",
            "  argo-preflight diagnose build-x7k2p -n ci --cluster snapshot/",
            "",
            "  # For a script: what to do with the first cause.",
            "  argo-preflight diagnose build-x7k2p -n ci -o json | jq -r '.causes[0].next'",
        })
public final class DiagnoseCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The workflow's name, or workflow/NAME.")
    String name = "";

    @Option(
            names = {"-n", "--namespace"},
            order = 1,
            paramLabel = "NAMESPACE",
            description = "Where the workflow runs. Default: the context's namespace.")
    String namespace;

    @Option(
            names = {"-l", "--selector"},
            order = 2,
            paramLabel = "LABELS",
            description = "Find the workflow by labels instead: of several, the newest that did not succeed.")
    String labels = "";

    @Option(names = "--logs", order = 3, description = "Read and show the last lines of containers that failed.")
    boolean logs;

    @Mixin
    ArgoNamespace argo;

    @ArgGroup(validate = false, exclusive = false, order = 31, heading = "%nRegistries:%n")
    RegistrySourceOptions registries = new RegistrySourceOptions();

    @ArgGroup(validate = false, exclusive = false, order = 50, heading = "%nCluster:%n")
    SourceOptions cluster = new SourceOptions();

    @ArgGroup(validate = false, exclusive = false, order = 60, heading = "%nOutput and limits:%n")
    RunOptions run = new RunOptions();

    @Mixin
    Help help;

    private final Terminal terminal;

    public DiagnoseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Outputs outputs = new Outputs(run.outputs(Format.TEXT, Format.JSON, Format.MARKDOWN, Format.HTML), terminal);
        String workflow = name.replaceFirst("^(workflows?|wf)(\\.argoproj\\.io)?/", "");
        if (workflow.isEmpty() == labels.isEmpty()) {
            throw new UsageException("name one workflow, or give -l LABELS to find it by");
        }
        Diagnosis diagnosis;
        try (Source source = cluster.open(run, terminal);
                Registry registry = registries.open(terminal.env(), run, cluster.snapshot());
                Progress progress = new Progress(terminal)) {
            DiagnoseRequest request = new DiagnoseRequest(
                    namespace == null ? source.namespace() : NamespaceName.of("-n", namespace),
                    workflow,
                    labels,
                    argo.of(source.gateway().argo()),
                    logs,
                    registries.nodeCredentials(),
                    Optional.empty());
            diagnosis =
                    new Diagnose(source.gateway(), registry, run.concurrency().orElse(Pods.CONCURRENCY)).run(request);
        }
        outputs.write(Map.of(
                Format.TEXT, style -> new DiagnosisText(style).render(diagnosis),
                Format.JSON, style -> new DiagnosisJson().render(diagnosis),
                Format.MARKDOWN, style -> new DiagnosisMarkdown().render(diagnosis),
                Format.HTML, style -> new DiagnosisHtml().render(diagnosis)));
        return diagnosis.exitCode();
    }
}
