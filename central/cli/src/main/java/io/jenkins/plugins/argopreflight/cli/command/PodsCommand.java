package io.jenkins.plugins.argopreflight.cli.command;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.cli.option.ArgoOptions;
import io.jenkins.plugins.argopreflight.cli.option.ManifestOptions;
import io.jenkins.plugins.argopreflight.cli.option.OptionalClusterOptions;
import io.jenkins.plugins.argopreflight.cli.option.OptionalClusterOptions.Chosen;
import io.jenkins.plugins.argopreflight.cli.option.Outputs;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.preflight.PodsReader;
import io.jenkins.plugins.argopreflight.engine.preflight.PodsReport;
import io.jenkins.plugins.argopreflight.engine.render.json.PodsJson;
import io.jenkins.plugins.argopreflight.engine.render.text.PodsText;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** The command {@code argo-preflight pods}: prints the pods that Argo will create, as YAML. */
@Command(
        name = "pods",
        header = "Print the pods that Argo will create for workflows, as YAML.",
        customSynopsis = "argo-preflight pods -f FILE... [-n NAMESPACE] [--no-cluster]",
        description = {
            "%nFollows every Workflow and CronWorkflow in the files, also in triggers of Argo Events Sensors, and every"
                    + " template that none of them refers to,"
                    + " and prints each distinct pod: with what the controller's configuration and the"
                    + " ServiceAccount add, without the server's defaults. A comment says who set a field that the"
                    + " template does not. A cluster is only read; what cannot be read stands in a comment at the"
                    + " top, and what only the caller of a template can supply in one above its pods. What is wrong"
                    + " goes to standard error as FILE:LINE:COLUMN."
        },
        exitCodeList = {
            "0:Every pod was determined, and the workflows are valid.",
            "1:Argo or the cluster will refuse something, or it refers to what is not there.",
            "2:Bad usage or bad input: one line on standard error says what and where.",
            "3:A pod could not be determined: the cluster or what it refers to could not be read, or has no bound.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  # With the controller's configuration and the templates of the current cluster.",
            "  argo-preflight pods -f workflow.yaml -n ci",
            "",
            "  # Without any cluster: a folder with the templates that it refers to, and a version.",
            "  argo-preflight pods -f workflows/ -n ci --no-cluster --argo-version v3.6.4",
            "",
            "  # With the configuration of a controller that this machine cannot reach.",
            "  kubectl get configmap,deployment -n argo -o yaml > controller.yaml",
            "  argo-preflight pods -f workflow.yaml --controller-config controller.yaml --no-cluster",
            "",
            "  # Every image that will run.",
            "  argo-preflight pods -f workflow.yaml -o json \\",
            "      | jq -r '.pods[].pod.spec | (.initContainers[]?, .containers[]) | .image' | sort -u",
            "",
            "  # What Helm renders, before it is installed.",
            "  helm template ./chart | argo-preflight pods -f - -n ci",
        })
public final class PodsCommand extends LimitedCommand {

    @ArgGroup(validate = false, exclusive = false, order = 10, heading = "%nManifests:%n")
    ManifestOptions manifests = new ManifestOptions();

    @ArgGroup(validate = false, exclusive = false, order = 20, heading = "%nArgo:%n")
    ArgoOptions argo = new ArgoOptions();

    @ArgGroup(validate = false, exclusive = false, order = 50, heading = "%nCluster:%n")
    OptionalClusterOptions cluster = new OptionalClusterOptions();

    public PodsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Outputs outputs = new Outputs(run.outputs(), terminal);
        String namespace = manifests.namespace().orElse("");
        int concurrency = run.concurrency().orElse(PodsReader.CONCURRENCY);
        PodsReport report;
        try (Budget.Scope budget = Budget.open(limits.limits());
                Chosen chosen = cluster.choose(run, terminal)) {
            WorkflowRequest request = new WorkflowRequest(
                    manifests.read(terminal),
                    namespace.isEmpty() ? chosen.namespace() : namespace,
                    argo.namespace(chosen.argo()),
                    argo.version(),
                    argo.config(terminal),
                    manifests.parameters());
            report = new PodsReader(chosen.gateway(), cluster.isAsked(), concurrency).of(request);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        outputs.write(style -> new PodsText().render(report), () -> new PodsJson().render(report));
        report.workflows()
                .forEach(workflow -> PodsReport.shown(workflow).forEach(problem -> terminal.say(problem.toString())));
        return report.result().exitCode();
    }
}
