package io.jenkins.plugins.argopreflight.cli.command;

import io.jenkins.plugins.argopreflight.cli.console.Exit;
import io.jenkins.plugins.argopreflight.cli.console.Progress;
import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.cli.option.ArgoNamespace;
import io.jenkins.plugins.argopreflight.cli.option.ArgoServerOptions;
import io.jenkins.plugins.argopreflight.cli.option.Baseline;
import io.jenkins.plugins.argopreflight.cli.option.DiagnoseOptions;
import io.jenkins.plugins.argopreflight.cli.option.Output.Format;
import io.jenkins.plugins.argopreflight.cli.option.Outputs;
import io.jenkins.plugins.argopreflight.cli.option.Outputs.Rendering;
import io.jenkins.plugins.argopreflight.cli.option.RegistrySourceOptions;
import io.jenkins.plugins.argopreflight.cli.option.RunOptions;
import io.jenkins.plugins.argopreflight.cli.option.SourceOptions;
import io.jenkins.plugins.argopreflight.cli.option.SourceOptions.Source;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.explain.Diagnose;
import io.jenkins.plugins.argopreflight.engine.facts.change.StateRecorder;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.preflight.PodsReader;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.json.DiagnosisJson;
import io.jenkins.plugins.argopreflight.engine.render.page.DiagnosisHtml;
import io.jenkins.plugins.argopreflight.engine.render.page.DiagnosisMarkdown;
import io.jenkins.plugins.argopreflight.engine.render.text.DiagnosisText;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * The command {@code argo-preflight diagnose}: finds the cause why a workflow failed or does not continue, and its fix.
 */
@Command(
        name = "diagnose",
        header = "Find out why a workflow failed or hangs, and what fixes it.",
        customSynopsis = {
            "argo-preflight diagnose NAME [-n NAMESPACE] [--logs] [-o FORMAT[=FILE]]...",
            "argo-preflight diagnose -l LABELS [-n NAMESPACE]",
            "argo-preflight diagnose NAME --wait [--wait-minutes N] [--no-end-early]",
        },
        description = {
            "%nReads the workflow, its pods, their events, the nodes, quotas and the controller, then what check reads,"
                    + " and asks the registries again with the pods' own pull Secrets. Each cause is shown once, with"
                    + " the object to fix, what was seen, whether waiting helps, and what to do afterwards. What only"
                    + " follows from it stands below. Nothing is changed. What could not be read is listed with the"
                    + " missing right.",
            "With --wait it follows the workflow until it has ended, or until a cause is permanent, so that waiting"
                    + " does not help; a cause that can pass by itself gets its time."
        },
        exitCodeList = {
            "0:No cause was found: the workflow succeeded, runs, or waits as it is meant to.",
            "1:A cause was found, or the workflow that was waited for failed; the output says what to do.",
            "2:Bad usage or bad input: one line on standard error says what and where.",
            "3:No cause was found, and the workflow or its pods could not be read, or it did not end in time.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  # A workflow that failed or does not go on.",
            "  argo-preflight diagnose build-x7k2p -n ci",
            "",
            "  # With the last lines of the logs of containers that failed.",
            "  argo-preflight diagnose build-x7k2p -n ci --logs",
            "",
            "  # Wait for its end, and end at once when it cannot go on.",
            "  argo-preflight diagnose build-x7k2p -n ci --wait --wait-minutes 30",
            "",
            "  # What changed since a run that succeeded, whose preflight was kept.",
            "  argo-preflight diagnose build-x7k2p -n ci --baseline preflight.json",
            "",
            "  # Without the cluster: from a snapshot that was captured after the failure.",
            "  argo-preflight diagnose build-x7k2p -n ci --cluster snapshot/",
            "",
            "  # For a script: what to do with the first cause.",
            "  argo-preflight diagnose build-x7k2p -n ci -o json | jq -r '.causes[0].next'",
        })
public final class DiagnoseCommand extends TerminalCommand {

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The workflow's name, or workflow/NAME.")
    String name = "";

    @ArgGroup(validate = false, exclusive = false, order = 1, heading = "%nWorkflow:%n")
    DiagnoseOptions options = new DiagnoseOptions();

    @ArgGroup(validate = false, exclusive = false, order = 20, heading = "%nArgo:%n")
    ArgoNamespace argo = new ArgoNamespace();

    @ArgGroup(validate = false, exclusive = false, order = 25, heading = "%nArgo Server:%n")
    ArgoServerOptions argoServer = new ArgoServerOptions();

    @ArgGroup(validate = false, exclusive = false, order = 31, heading = "%nRegistries:%n")
    RegistrySourceOptions registries = new RegistrySourceOptions();

    @ArgGroup(validate = false, exclusive = false, order = 50, heading = "%nCluster:%n")
    SourceOptions cluster = new SourceOptions();

    @ArgGroup(validate = false, exclusive = false, order = 60, heading = "%nOutput and limits:%n")
    RunOptions run = new RunOptions();

    public DiagnoseCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Outputs outputs = new Outputs(run.outputs(Format.TEXT, Format.JSON, Format.MARKDOWN, Format.HTML), terminal);
        String workflow = name.replaceFirst("^(workflows?|wf)(\\.argoproj\\.io)?/", "");
        if (workflow.isEmpty() == options.labels().isEmpty()) {
            throw new UsageException("name one workflow, or give -l LABELS to find it by");
        }
        if (options.isWaiting() && cluster.snapshot().isPresent()) {
            throw new UsageException("--wait follows a live workflow: leave out --cluster");
        }
        options.limit();
        Optional<Baseline> baseline = options.baseline();
        StateRecorder recorder = new StateRecorder();
        Diagnosis diagnosis;
        int waited = Exit.OK;
        try (Budget.Scope budget = Budget.open(RunLimits.DEFAULT.ofCommand());
                Source source = cluster.open(run, terminal);
                ArgoServer server = argoServer
                        .open(cluster.connection(run, terminal), terminal)
                        .orElse(null);
                Registry registry = registries.open(terminal.env(), run, cluster.snapshot())) {
            baseline.ifPresent(report -> report.check(source.gateway().server()));
            Diagnose diagnose = new Diagnose(
                            recorder.around(source.gateway()),
                            recorder.around(registry),
                            run.concurrency().orElse(PodsReader.CONCURRENCY))
                    .withArgoServer(Optional.ofNullable(server));
            String namespace = options.namespace(source.namespace());
            DiagnoseRequest request = request(source, namespace, workflow, options.labels());
            try (Progress progress = Progress.of(terminal, "diagnosing")) {
                diagnosis = diagnose.run(request);
            }
            if (options.isWaiting() && !diagnosis.uid().isEmpty()) {
                DiagnoseRequest nextRequest = request(source, namespace, diagnosis.workflow(), "");
                WaitForCause waiting =
                        new WaitForCause(diagnosis, () -> diagnoseAgain(diagnose, nextRequest), options, terminal);
                diagnosis = waiting.waitIn(source.gateway());
                waited = waiting.exit();
            }
        }
        Diagnosis found = diagnosis;
        write(baseline.map(report -> report.compared(found, recorder.state())).orElse(found), outputs);
        return diagnosis.exitCode() == Exit.OK ? waited : diagnosis.exitCode();
    }

    /** Diagnoses in a run of its own, since a wait can take any number of diagnoses. */
    private static Diagnosis diagnoseAgain(Diagnose diagnose, DiagnoseRequest request) {
        try (Budget.Scope budget = Budget.open(RunLimits.DEFAULT.ofCommand())) {
            return diagnose.run(request);
        }
    }

    private static void write(Diagnosis found, Outputs outputs) {
        Diagnosis diagnosis = Remediation.inShell(found);
        outputs.write(Map.of(
                Format.TEXT, Rendering.of(style -> new DiagnosisText(style).render(diagnosis)),
                Format.JSON, Rendering.of(style -> new DiagnosisJson().render(diagnosis)),
                Format.MARKDOWN, Rendering.of(style -> new DiagnosisMarkdown().render(diagnosis)),
                Format.HTML, Rendering.of(style -> new DiagnosisHtml().render(diagnosis))));
    }

    private DiagnoseRequest request(Source source, String namespace, String workflow, String selector) {
        return new DiagnoseRequest(
                namespace,
                workflow,
                selector,
                argo.of(source.gateway().argo()),
                options.logs(),
                registries.nodeCredentials(),
                Optional.empty());
    }
}
