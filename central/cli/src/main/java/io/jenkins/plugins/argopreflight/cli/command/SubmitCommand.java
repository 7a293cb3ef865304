package io.jenkins.plugins.argopreflight.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.cli.console.Exit;
import io.jenkins.plugins.argopreflight.cli.console.OnShutdown;
import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.cli.option.ArgoOptions;
import io.jenkins.plugins.argopreflight.cli.option.ArgoServerOptions;
import io.jenkins.plugins.argopreflight.cli.option.CheckOptions;
import io.jenkins.plugins.argopreflight.cli.option.ClusterOptions;
import io.jenkins.plugins.argopreflight.cli.option.ManifestOptions;
import io.jenkins.plugins.argopreflight.cli.option.Outputs;
import io.jenkins.plugins.argopreflight.cli.option.RegistrySourceOptions;
import io.jenkins.plugins.argopreflight.cli.option.SubmitOptions;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.LogSource;
import io.jenkins.plugins.argopreflight.engine.diagnose.explain.Diagnose;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.preflight.PodsReader;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.PreflightRequest;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.text.DiagnosisText;
import io.jenkins.plugins.argopreflight.engine.submit.Draft;
import io.jenkins.plugins.argopreflight.engine.submit.LogTails;
import io.jenkins.plugins.argopreflight.engine.submit.Submission;
import io.jenkins.plugins.argopreflight.engine.submit.SubmittedResult;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code argo-preflight submit}: checks a workflow, submits it, and follows it. */
@Command(
        name = "submit",
        header = "Check a workflow, submit it, and follow it to its end.",
        customSynopsis = {
            "argo-preflight submit FILE | --from KIND/NAME [-p NAME=VALUE]...",
            "                            [--wait] [--log] [-n NAMESPACE] [-o FORMAT[=FILE]]...",
        },
        description = {
            "%nRuns the preflight first and submits nothing when it fails. A create whose answer is lost is sent again"
                    + " and makes no second workflow. With --wait, changes of nodes go to standard error; the wait goes"
                    + " on through restarts of the API server and ends when the workflow is deleted."
        },
        exitCodeList = {
            "0:The workflow was submitted; with --wait or --log it has succeeded.",
            "1:The preflight found something and nothing was submitted, or the workflow failed, was stopped or"
                    + " deleted.",
            "2:Bad usage or bad input: one line on standard error says what and where.",
            "3:The workflow could not be submitted or followed, such as by a cluster that does not answer.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  # Check, submit, wait, with the logs of the containers.",
            "  argo-preflight submit workflow.yaml -n ci --wait --log",
            "",
            "  # From a template in the cluster, with parameters.",
            "  argo-preflight submit --from workflowtemplate/build -p tag=v1.2 -n ci --wait",
            "",
            "  # With the files of an output artifact.",
            "  argo-preflight submit workflow.yaml -n ci --argo-server https://argo.example.com --archive-outputs"
                    + " report",
            "",
            "  # What came of it, for a script.",
            "  argo-preflight submit workflow.yaml -n ci --wait -o json | jq -r .outputs.parameters.digest",
        })
public final class SubmitCommand extends LimitedCommand {

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "As -f.")
    List<String> files = new ArrayList<>();

    @ArgGroup(validate = false, exclusive = false, order = 5, heading = "%nSubmit:%n")
    SubmitOptions submit = new SubmitOptions();

    @ArgGroup(validate = false, exclusive = false, order = 10, heading = "%nManifests:%n")
    ManifestOptions manifests = new ManifestOptions();

    @ArgGroup(validate = false, exclusive = false, order = 15, heading = "%nJudgement:%n")
    CheckOptions judge = new CheckOptions();

    @ArgGroup(validate = false, exclusive = false, order = 20, heading = "%nArgo:%n")
    ArgoOptions argo = new ArgoOptions();

    @ArgGroup(validate = false, exclusive = false, order = 25, heading = "%nArgo Server:%n")
    ArgoServerOptions argoServer = new ArgoServerOptions();

    @ArgGroup(validate = false, exclusive = false, order = 31, heading = "%nRegistries:%n")
    RegistrySourceOptions registries = new RegistrySourceOptions();

    @ArgGroup(validate = false, exclusive = false, order = 50, heading = "%nCluster:%n")
    ClusterOptions cluster = new ClusterOptions();

    public SubmitCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        try (Budget.Scope budget = Budget.open(limits.limits())) {
            return checkAndSubmit();
        }
    }

    private Integer checkAndSubmit() {
        Outputs outputs = new Outputs(run.outputs(), terminal);
        submit.onAbort();
        manifests.add(files);
        List<Document> documents = manifests.readIfAny(terminal, new ManifestReader().refusingOmissions());
        if (!submit.archiveOutputs().isEmpty() && !argoServer.isNamed()) {
            throw new UsageException("--archive-outputs copies artifacts through Argo Server: give --argo-server URL");
        }
        ClusterConnection connection = cluster.connection(run, terminal);
        try (Fabric8Gateway gateway = ClusterOptions.connect(connection, terminal);
                ArgoServer server =
                        argoServer.open(Optional.of(connection), terminal).orElse(null)) {
            String namespace = manifests.namespace().orElse(gateway.namespace());
            // Objects of the cluster are checked as they are there, before the draft is created, since they can be
            // missing.
            boolean isOfCluster = documents.isEmpty() && !submit.from().isEmpty();
            if (submit.isPreflight() && isOfCluster && !passes(gateway, documents, namespace)) {
                return Exit.FINDINGS;
            }
            Draft draft = Draft.of(
                    gateway, submission(documents, namespace), UUID.randomUUID().toString());
            if (submit.isPreflight() && !isOfCluster && !passes(gateway, draft.in(documents), namespace)) {
                return Exit.FINDINGS;
            }
            return submit(gateway, draft, outputs, Optional.ofNullable(server));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private Submission submission(List<Document> documents, String namespace) {
        return new Submission(
                documents,
                submit.from(),
                namespace,
                submit.name(),
                submit.generateName(),
                manifests.parameters(),
                submit.labels(),
                Map.of(),
                argo.namespace(Optional.empty()));
    }

    private boolean passes(Fabric8Gateway gateway, List<Document> documents, String namespace) {
        Report report;
        try (Registry registry = registries.open(terminal.env(), run, Optional.empty())) {
            report = new Preflight(
                            Fact.known(gateway), registry, run.concurrency().orElse(PodsReader.CONCURRENCY))
                    .askingRegistries(registries.isAsked())
                    .run(request(documents, namespace));
        }
        report = Remediation.inShell(judge.compared(report));
        boolean passed = report.result().exitCode() != Exit.FINDINGS;
        terminal.err().print(judge.text(terminal.style()).render(report));
        if (!passed) {
            terminal.err().println("Nothing was submitted: see the findings above (--no-preflight submits without)");
        }
        return passed;
    }

    private Integer submit(Fabric8Gateway gateway, Draft draft, Outputs outputs, Optional<ArgoServer> server) {
        draft.notes().forEach(terminal::say);
        try (OnShutdown reported = new OnShutdown(Wait.LAST)) {
            ObjectNode created = Wait.create(gateway, draft, terminal);
            String page = argoServer.page(draft.namespace(), draft.name(), KubeObjects.uid(created));
            terminal.err()
                    .println("Workflow " + draft.namespace() + "/" + draft.name() + " submitted"
                            + (page.isEmpty() ? "" : ": " + page));
            if (!submit.isWaiting()) {
                write(outputs, SubmittedResult.of(created, page));
                return Exit.OK;
            }
            return follow(gateway, created, page, outputs, server);
        }
    }

    private Integer follow(
            Fabric8Gateway gateway, ObjectNode created, String page, Outputs outputs, Optional<ArgoServer> server) {
        LogTails tails = new LogTails();
        LogSource logs = submit.isLogging() ? LogSource.read("--log").orFollowed(tails::of) : LogSource.unread("--log");
        try (Wait wait = new Wait(
                gateway,
                created,
                new Wait.Logs(submit.isLogging(), submit.isExecutorLogging(), tails),
                server.map(archive -> archive::log),
                submit.onAbort(),
                () -> diagnose(gateway, created, logs, server),
                terminal)) {
            int exit = wait.untilEnd();
            if (WorkflowState.of(wait.workflow()).isFailed() && !wait.isShutDown()) {
                diagnose(gateway, created, logs, server);
            }
            if (exit == Exit.OK && !submit.archiveOutputs().isEmpty()) {
                exit = archive(wait.workflow(), server.orElseThrow());
            }
            Map<String, Object> result = SubmittedResult.of(wait.workflow(), page);
            if (wait.isDeleted()) {
                result.put("message", "Deleted before it had ended");
            }
            write(outputs, result);
            return exit;
        }
    }

    private int archive(ObjectNode workflow, ArgoServer server) {
        try {
            int files = OutputFolder.copy(server, workflow, submit.archiveOutputs(), submit.archiveDir());
            terminal.err()
                    .println(files + (files == 1 ? " file" : " files") + " of output artifacts copied to "
                            + submit.archiveDir());
            return Exit.OK;
        } catch (IOException e) {
            terminal.say("The output artifacts could not be copied: " + e.getMessage());
            return Exit.COULD_NOT_CHECK;
        }
    }

    private Optional<Diagnosis> diagnose(
            Fabric8Gateway gateway, ObjectNode workflow, LogSource logs, Optional<ArgoServer> server) {
        try (Budget.Scope budget = Budget.open(limits.limits());
                Registry registry = registries.open(terminal.env(), run, Optional.empty())) {
            Diagnosis diagnosis = Remediation.inShell(
                    new Diagnose(gateway, registry, run.concurrency().orElse(PodsReader.CONCURRENCY))
                            .withArgoServer(server)
                            .run(new DiagnoseRequest(
                                    KubeObjects.namespace(workflow),
                                    KubeObjects.name(workflow),
                                    "",
                                    argo.namespace(Optional.empty()),
                                    logs,
                                    registries.nodeCredentials(),
                                    Optional.empty())));
            terminal.err().print(new DiagnosisText(terminal.style()).render(diagnosis));
            return Optional.of(diagnosis);
        } catch (ClusterException e) {
            terminal.say("Could not diagnose the workflow: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static void write(Outputs outputs, Map<String, Object> result) {
        outputs.write(style -> SubmittedResult.text(result), () -> SubmittedResult.json(result));
    }

    private PreflightRequest request(List<Document> documents, String namespace) {
        return PreflightRequest.builder(documents, namespace, argo.namespace(Optional.empty()))
                .names(submit.from().isEmpty() ? List.of() : List.of(submit.from()))
                .argoVersion(argo.version())
                .kubernetesVersion(judge.kubernetes())
                .podSecurity(judge.podSecurity())
                .controllerFiles(argo.config(terminal))
                .parameters(manifests.parameters())
                .nodeCredentials(registries.nodeCredentials())
                .gateOptions(judge.gateOptions())
                .build();
    }
}
