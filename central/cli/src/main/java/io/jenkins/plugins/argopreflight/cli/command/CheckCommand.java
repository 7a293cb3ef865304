package io.jenkins.plugins.argopreflight.cli.command;

import io.jenkins.plugins.argopreflight.cli.console.Progress;
import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.cli.option.ArgoOptions;
import io.jenkins.plugins.argopreflight.cli.option.CheckOptions;
import io.jenkins.plugins.argopreflight.cli.option.ManifestOptions;
import io.jenkins.plugins.argopreflight.cli.option.OptionalClusterOptions;
import io.jenkins.plugins.argopreflight.cli.option.OptionalClusterOptions.Chosen;
import io.jenkins.plugins.argopreflight.cli.option.Output.Format;
import io.jenkins.plugins.argopreflight.cli.option.Outputs;
import io.jenkins.plugins.argopreflight.cli.option.Outputs.Rendering;
import io.jenkins.plugins.argopreflight.cli.option.RegistrySourceOptions;
import io.jenkins.plugins.argopreflight.engine.preflight.PodsReader;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.PreflightRequest;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.ci.GithubCommands;
import io.jenkins.plugins.argopreflight.engine.render.ci.JUnitXml;
import io.jenkins.plugins.argopreflight.engine.render.ci.Sarif;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.render.page.Html;
import io.jenkins.plugins.argopreflight.engine.render.page.Markdown;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code argo-preflight check}: checks workflows before they are submitted. */
@Command(
        name = "check",
        header = "Check workflows before they are submitted: images, credentials and permissions.",
        customSynopsis = {
            "argo-preflight check [-f FILE]... [KIND/NAME]... [-n NAMESPACE]",
            "                           [--fail-on OUTCOME] [-o FORMAT[=FILE]]...",
        },
        description = {
            "%nDetermines the pods that Argo will create for every Workflow and CronWorkflow in the files, also in"
                    + " triggers of Argo Events Sensors (argoWorkflow with submit or submit-from, k8s with create), and for"
                    + " every template that none of them refers to, takes Pods as they are, adds the pods of Jobs and"
                    + " other objects that workflows create or the files hold, and checks them: the images and their pull Secrets against the"
                    + " registries, the permissions of each account, admission by the API server, and common mistakes."
                    + " Nothing is changed. What only the caller of a template can supply is no finding, and is listed; a"
                    + " template that KIND/NAME names is checked as it is submitted. What could not be checked is"
                    + " reported as UNKNOWN and is never a pass."
        },
        exitCodeList = {
            "0:No findings at or above --fail-on.",
            "1:There are findings; the output says how to fix them.",
            "2:Bad usage or bad input: one line on standard error says what and where.",
            "3:No findings, but something that was asked for could not be checked.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  # Against the current cluster and its registries.",
            "  argo-preflight check -f workflow.yaml -n ci",
            "",
            "  # What is in the cluster already: a template, a pod that hangs.",
            "  argo-preflight check workflowtemplate/build pod/build-x7k2p-main-1 -n ci",
            "",
            "  # Against a cluster that was captured, and what its registries answered then.",
            "  argo-preflight check -f workflow.yaml -n ci --cluster snapshot/",
            "",
            "  # On a laptop without a cluster: only what the files contain.",
            "  argo-preflight check -f workflows/ --no-cluster --no-registry",
            "",
            "  # What Helm or Kustomize renders, before it is applied.",
            "  helm template ./chart | argo-preflight check -f - -n ci",
            "  kubectl kustomize overlays/ci | argo-preflight check -f - -n ci",
            "",
            "  # In a pipeline: to read, for the build page, and for code review.",
            "  argo-preflight check -f workflows/ -n ci -o text -o junit=preflight.xml -o sarif=preflight.sarif",
            "",
            "  # The smallest Role that allows checking the rest.",
            "  argo-preflight check -f workflow.yaml -n ci -o json | jq -r .missingRole",
        })
public final class CheckCommand extends LimitedCommand {

    @Parameters(
            paramLabel = "KIND/NAME",
            arity = "0..*",
            description = "Objects in the cluster: workflow, workflowtemplate, clusterworkflowtemplate, cronworkflow,"
                    + " pod, in kubectl's spellings.")
    List<String> names = new ArrayList<>();

    @ArgGroup(validate = false, exclusive = false, order = 10, heading = "%nManifests:%n")
    ManifestOptions manifests = new ManifestOptions();

    @ArgGroup(validate = false, exclusive = false, order = 15, heading = "%nJudgement:%n")
    CheckOptions judge = new CheckOptions();

    @ArgGroup(validate = false, exclusive = false, order = 20, heading = "%nArgo:%n")
    ArgoOptions argo = new ArgoOptions();

    @ArgGroup(validate = false, exclusive = false, order = 31, heading = "%nRegistries:%n")
    RegistrySourceOptions registries = new RegistrySourceOptions();

    @ArgGroup(validate = false, exclusive = false, order = 50, heading = "%nCluster:%n")
    OptionalClusterOptions cluster = new OptionalClusterOptions();

    public CheckCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Outputs outputs = new Outputs(run.allOutputs(), terminal);
        Report checked;
        try (Budget.Scope budget = Budget.open(limits.limits());
                Chosen chosen = cluster.choose(run, terminal, judge.podSecurity(), judge.kubernetes());
                Registry registry = registries.open(terminal.env(), run, cluster.snapshot());
                Progress progress = Progress.of(terminal, "checking workflows")) {
            checked = new Preflight(
                            chosen.gateway(), registry, run.concurrency().orElse(PodsReader.CONCURRENCY))
                    .askingCluster(cluster.isAsked())
                    .askingRegistries(registries.isAsked())
                    .run(request(chosen));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        Report report = Remediation.inShell(judge.compared(checked));
        outputs.write(Map.of(
                Format.TEXT, Rendering.of(style -> judge.text(style).render(report)),
                Format.JSON, style -> out -> new PreflightJson().print(report, out),
                Format.JUNIT, Rendering.of(style -> new JUnitXml().render(report)),
                Format.SARIF, Rendering.of(style -> new Sarif().render(report)),
                Format.MARKDOWN, Rendering.of(style -> new Markdown().render(report)),
                Format.HTML, Rendering.of(style -> new Html().render(report)),
                Format.GITHUB, Rendering.of(style -> new GithubCommands().render(report))));
        return report.result().exitCode();
    }

    private PreflightRequest request(Chosen chosen) {
        names = manifests.takeFiles(names);
        if (manifests.isEmpty() && names.isEmpty()) {
            throw new UsageException("nothing to check: add -f FILE, a folder, or - for standard input, or KIND/NAME");
        }
        if (!names.isEmpty() && !cluster.isAsked()) {
            throw new UsageException("--no-cluster: " + names.get(0) + " is in the cluster; give a file with -f");
        }
        return PreflightRequest.builder(
                        manifests.readIfAny(terminal, new ManifestReader()),
                        manifests.namespace().orElse(chosen.namespace()),
                        argo.namespace(chosen.argo()))
                .names(names)
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
