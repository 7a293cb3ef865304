package io.jenkins.plugins.argopreflight.step.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.FilePath;
import hudson.markup.MarkupFormatter;
import hudson.model.Result;
import io.jenkins.plugins.argopreflight.action.PreflightReportAction;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.testing.Gzip;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RawServer;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@NeedsServers(Server.CLUSTER)
@WithJenkins
class PreflightStepITest {

    private PreflightLab lab;
    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        lab = new PreflightLab();
        lab.configure();
    }

    private WorkflowJob job(String name, String script) throws Exception {
        return PreflightLab.job(jenkins, name, PreflightLab.inWorkspace(PreflightLab.BROKEN, script));
    }

    @Test
    void shouldFailWithAFewLinesAndKeepTheReport() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job("fail", lab.step("")));
        jenkins.assertLogContains("service-account-missing", run);
        jenkins.assertLogContains("at or above failOn FAIL", run);
        jenkins.assertLogContains("Report: " + jenkins.getURL() + "job/fail/1/argo-preflight/", run);
        assertThat(JenkinsRule.getLog(run).lines().count()).isLessThan(60);
        assertThat(run.getActions(PreflightReportAction.class)).singleElement().satisfies(action -> {
            assertThat(action.getResult()).isEqualTo("failed");
            assertThat(action.getFailed()).isPositive();
            assertThat(action.getBadge().getText()).isEqualTo(String.valueOf(action.getFailed()));
        });
    }

    @Test
    void shouldReturnWhatASandboxMayRead() throws Exception {
        String script = "def report = " + lab.step(", failOn: 'NEVER', unstableOn: 'NEVER', name: 'Images'") + "\n"
                + "def first = report.findings.find { it.check == 'service-account-missing' }\n"
                + "echo \"${report.result} ${report.failed} ${report.counts.fail > 0} ${first.kind} ${first.line}"
                + " ${first.outcome} ${first.message.contains('nobody')} ${first.remediation[0] != ''}\"\n"
                + "echo \"at ${report.reportUrl}\"";
        WorkflowRun run = jenkins.buildAndAssertSuccess(job("summary", script));
        jenkins.assertLogContains("passed true true", run);
        jenkins.assertLogContains("FAIL true true", run);
        jenkins.assertLogContains("at " + jenkins.getURL() + "job/summary/1/argo-preflight/", run);
    }

    @Test
    void shouldJudgeByTheVersionAndLevelThatItIsGiven() throws Exception {
        String judged =
                "argoPreflight(workflows: 'workflows/*.yaml', noCluster: true, noRegistry: true, failOn: 'NEVER'";
        String script = "def found = { it.findings.any { f -> f.check == 'pod-security' } }\n"
                + "echo \"without: ${found(" + judged + "))}\"\n"
                + "echo \"with: ${found(" + judged + ", podSecurity: 'restricted', kubernetesVersion: '1.34.4'))}\"\n"
                + judged + ", podSecurity: 'strict')";
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job("judged", script));
        jenkins.assertLogContains("without: false", run);
        jenkins.assertLogContains("with: true", run);
        jenkins.assertLogContains("podSecurity \"strict\": No level of Pod Security", run);
        assertThat(Gzip.read(run.getRootDir().toPath().resolve("argo-preflight/argo-preflight-2.json.gz")))
                .contains("\"kubernetes\":\"v1.34.4\"");
    }

    @Test
    void shouldMakeBuildAndStageUnstable() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.UNSTABLE,
                job("unstable", "stage('preflight') { " + lab.step(", failOn: 'NEVER', unstableOn: 'FAIL'") + " }"));
        assertThat(new DepthFirstScanner()
                        .filteredNodes(
                                run.getExecution(), node -> node.getPersistentAction(WarningAction.class) != null))
                .singleElement()
                .satisfies(node -> assertThat(
                                node.getPersistentAction(WarningAction.class).getMessage())
                        .contains("at or above unstableOn FAIL"));
    }

    @Test
    void shouldKeepEachCallsReportBesideTheOthers() throws Exception {
        String one = lab.step(", failOn: 'NEVER', id: 'images', name: 'Images'");
        String two = lab.step(", failOn: 'NEVER', id: 'images'");
        WorkflowRun run = jenkins.buildAndAssertSuccess(
                job("parallel", "parallel a: { " + one + " }, b: { " + two + " }\n" + lab.step(", failOn: 'NEVER'")));
        assertThat(run.getActions(PreflightReportAction.class))
                .extracting(PreflightReportAction::getUrlName)
                .containsExactlyInAnyOrder("images", "images-2", "argo-preflight");
        for (String id : List.of("images", "images-2", "argo-preflight")) {
            assertThat(run.getRootDir().toPath().resolve("argo-preflight/" + id + ".json.gz"))
                    .exists();
        }
    }

    @Test
    void shouldCountOnlyWhatIsNew() throws Exception {
        WorkflowJob job = job("new", lab.step(", failOn: 'NEVER'"));
        jenkins.buildAndAssertSuccess(job);
        job.setDefinition(
                PreflightLab.definition(PreflightLab.inWorkspace(PreflightLab.BROKEN, lab.step(", newOnly: true"))));
        WorkflowRun known = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("Compared with new #1: 0 new, 0 fixed", known);

        String worse = PreflightLab.BROKEN.replace(
                "  activeDeadlineSeconds: 600", "  activeDeadlineSeconds: 600\n  priorityClassName: none-such");
        job.setDefinition(
                PreflightLab.definition(PreflightLab.inWorkspace(worse, lab.step(", newOnly: true, failOn: 'WARN'"))));
        WorkflowRun failed = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("that the reference build did not have", failed);
        jenkins.assertLogContains("Compared with new #2", failed);

        WorkflowRun again = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("Compared with new #2", again);
    }

    @Test
    void shouldCompareWithAnotherJobOfTheFolder() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        jenkins.buildAndAssertSuccess(job(team, "main", lab.step(", failOn: 'NEVER'")));
        WorkflowRun run =
                jenkins.buildAndAssertSuccess(job(team, "branch", lab.step(", newOnly: true, referenceJob: 'main'")));
        jenkins.assertLogContains("Compared with team » main #1: 0 new, 0 fixed", run);
        jenkins.assertLogContains(
                "referenceJob \"gone\": there is no such job",
                jenkins.buildAndAssertStatus(
                        Result.FAILURE, job(team, "lost", lab.step(", newOnly: true, referenceJob: 'gone'"))));
    }

    private static WorkflowJob job(Folder folder, String name, String script) throws Exception {
        WorkflowJob job = folder.createProject(WorkflowJob.class, name);
        job.setDefinition(PreflightLab.definition(PreflightLab.inWorkspace(PreflightLab.BROKEN, script)));
        return job;
    }

    @Test
    void shouldIgnoreWithAReason() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertSuccess(job(
                "ignore",
                "def r = "
                        + lab.step(", failOn: 'NEVER', ignore: [[id: 'service-account-missing', reason: 'made later',"
                                + " until: '2099-01-01']]")
                        + "\necho \"ignored ${r.counts.ignored} ${r.findings.any { it.check =="
                        + " 'service-account-missing' }}\""));
        jenkins.assertLogContains("ignored 1 false", run);
        jenkins.assertLogContains("suppressed: service-account-missing (made later, until 2099-01-01): 1 finding", run);
        WorkflowRun expired = jenkins.buildAndAssertSuccess(job(
                "expired",
                lab.step(", failOn: 'NEVER', ignore: [[id: 'service-account-missing', reason: 'made later',"
                        + " until: '2020-01-01']]")));
        jenkins.assertLogContains(
                "note: The suppression of service-account-missing has expired: It was valid until 2020-01-01", expired);
        jenkins.assertLogNotContains("\u2714", expired);
        jenkins.assertLogContains(
                "there is no check \"service-acount-missing\" to ignore; did you mean service-account-missing?",
                jenkins.buildAndAssertStatus(
                        Result.FAILURE, job("typo", lab.step(", ignore: [[id: 'service-acount-missing']]"))));
    }

    @Test
    void shouldSayWhatIsMissingInASentence() throws Exception {
        jenkins.assertLogContains(
                "argoPreflight has nothing to check",
                jenkins.buildAndAssertStatus(
                        Result.FAILURE, PreflightLab.job(jenkins, "nothing", "argoPreflight(cluster: 'prod')")));
        jenkins.assertLogContains(
                "there is none here: put the step into node",
                jenkins.buildAndAssertStatus(
                        Result.FAILURE, PreflightLab.job(jenkins, "no-node", "argoPreflight(workflows: '*.yaml')")));
        jenkins.assertLogContains(
                "no file in the workspace",
                jenkins.buildAndAssertStatus(
                        Result.FAILURE,
                        PreflightLab.job(jenkins, "no-file", "node { argoPreflight(workflows: 'none/*.yaml') }")));
        sentence(
                "gate",
                "argoPreflight(workflows: 'x', failOn: 'SOME')",
                "ERROR: failOn \"SOME\" is none of FAIL, CONDITIONAL, WARN, UNKNOWN, NEVER");
        sentence(
                "submit",
                "argoSubmit(file: 'x', onAbort: 'explode')",
                "ERROR: onAbort \"explode\": one of stop, terminate, leave is needed");
        sentence(
                "outside",
                "node { argoPreflight(workflows: '/etc/*.conf') }",
                "ERROR: workflows: '/etc/*.conf' leads out of the workspace");
        jenkins.assertLogContains(
                "workflows/build.yaml:2",
                jenkins.buildAndAssertStatus(
                        Result.FAILURE,
                        PreflightLab.job(
                                jenkins, "yaml", PreflightLab.inWorkspace("kind: Workflow\n\tx: 1\n", lab.step("")))));
    }

    /** The log ends with the sentence, and has no stack trace. */
    private void sentence(String name, String script, String expected) throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, PreflightLab.job(jenkins, name, script));
        jenkins.assertLogContains(expected, run);
        jenkins.assertLogNotContains("\tat ", run);
        jenkins.assertLogNotContains("Exception", run);
    }

    @Test
    void shouldCheckManifestsWithoutAnExecutor() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.FAILURE,
                PreflightLab.job(
                        jenkins,
                        "given",
                        "argoPreflight(manifests: '''" + PreflightLab.BROKEN
                                + "''', noCluster: true, noRegistry: true)"));
        jenkins.assertLogContains("capability-prefix", run);
        jenkins.assertLogContains("manifest.yaml:", run);
        jenkins.assertLogNotContains("Running on", run);
    }

    /** The line is a link if descriptions are markup. */
    @Test
    void shouldDescribeTheBuildWithItsFirstFinding() throws Exception {
        String script = "argoPreflight(manifests: '''" + PreflightLab.BROKEN
                + "''', noCluster: true, noRegistry: true, description: true)";
        String finding = "Argo Preflight: Capability CAP_SYS_ADMIN must not have the prefix CAP_";
        WorkflowJob job = PreflightLab.job(jenkins, "described", script);
        assertThat(jenkins.buildAndAssertStatus(Result.FAILURE, job).getDescription())
                .isEqualTo(finding);

        jenkins.jenkins.setMarkupFormatter(new AnyMarkup());
        job.setDefinition(PreflightLab.definition("currentBuild.description = '<b>mine</b>'\n" + script));
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertThat(run.getDescription()).startsWith("<b>mine</b><br><a href=\"" + jenkins.getURL());
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.setJavaScriptEnabled(false);
        HtmlPage report = client.goTo(run.getUrl()).getAnchorByText(finding).click();
        assertThat(report.asNormalizedText()).contains("Do this first");
    }

    /** The build has no report, and the gate's sentence is not added to the line of its finding. */
    @Test
    void shouldDescribeTheBuildWhoseStepFailsWithoutAReport() throws Exception {
        WorkflowJob job = PreflightLab.job(
                jenkins, "empty", "argoPreflight(noCluster: true, noRegistry: true, description: true)");
        assertThat(jenkins.buildAndAssertStatus(Result.FAILURE, job).getDescription())
                .startsWith("argoPreflight has nothing to check: add workflows:");
    }

    /** Shows descriptions as they are. */
    private static final class AnyMarkup extends MarkupFormatter {

        @Override
        public void translate(String markup, Writer output) throws IOException {
            output.write(markup);
        }
    }

    @Test
    void shouldDoWithoutAClusterOnRequest() throws Exception {
        String step =
                "argoPreflight(workflows: 'workflows/*.yaml', noCluster: true, noRegistry: true, failOn: 'NEVER')";
        WorkflowRun run = jenkins.buildAndAssertSuccess(
                job("files", "def r = " + step + "\necho \"${r.unchecked} ${r.counts.fail} ${r.counts.unknown > 0}\""));
        jenkins.assertLogContains("false 1 true", run);
    }

    @Test
    void shouldCheckWithTheParametersOfTheStepOverThoseOfTheFile() throws Exception {
        WorkflowJob job = PreflightLab.job(
                jenkins,
                "parameters",
                "node { def r = argoPreflight(workflows: 'w.yaml',"
                        + " noCluster: true, noRegistry: true, failOn: 'NEVER', parameters: ['tag=v2'],"
                        + " parameterFile: 'values.yaml')\n"
                        + "echo 'checks ' + r.findings.collect { it.check } }");
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        workspace.child("w.yaml").write("""
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-}
            spec:
              entrypoint: main
              arguments:
                parameters: [{name: tag}, {name: level}]
              templates:
              - name: main
                container:
                  image: registry.example.com/team/image:{{workflow.parameters.tag}}
                  command: [sh, -c, 'exit {{workflow.parameters.level}}']
            """, "UTF-8");
        workspace.child("values.yaml").write("tag: v1\nlevel: 3\n", "UTF-8");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("checks", build);
        jenkins.assertLogNotContains("parameter-without-value", build);
        assertThat(Gzip.read(build.getRootDir().toPath().resolve("argo-preflight/argo-preflight.json.gz")))
                .contains("registry.example.com/team/image:v2")
                .doesNotContain("image:v1");
    }

    @Test
    void shouldFollowNoLink() throws Exception {
        WorkflowJob job = PreflightLab.job(
                jenkins, "link", "node { argoPreflight(workflows: '*.yaml', noCluster: true, noRegistry: true) }");
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        workspace.mkdirs();
        workspace.child("out.yaml").symlinkTo("/etc/hostname", hudson.model.TaskListener.NULL);
        workspace.child("inside/build.yaml").write(PreflightLab.BROKEN, "UTF-8");
        workspace.child("inside.yaml").symlinkTo("inside/build.yaml", hudson.model.TaskListener.NULL);
        jenkins.assertLogContains(
                "matches '*.yaml' (Ant pattern; links are not followed)",
                jenkins.buildAndAssertStatus(Result.FAILURE, job));
    }

    @Test
    void shouldAbortWithinSecondsWhileTheServerHangs() throws Exception {
        try (RawServer hanging = RawServer.silent()) {
            ArgoPreflightConfiguration.get()
                    .setClusters(List.of(PreflightLab.cluster(
                            "prod", "https://" + hanging.url().getAuthority())));
            WorkflowRun run = job("hanging", lab.step("")).scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("cluster \"prod\"", run);
            hanging.awaitSilence();

            Instant stopped = Instant.now();
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            assertThat(Duration.between(stopped, Instant.now())).isLessThan(Duration.ofSeconds(20));
            assertThat(run.getActions(PreflightReportAction.class)).isEmpty();
        }
    }

    @Test
    void shouldBeUnstableWhenTheServerCannotBeReached() throws Exception {
        ArgoPreflightConfiguration.get().setClusters(List.of(PreflightLab.cluster("prod", "https://127.0.0.1:1")));
        WorkflowRun run =
                jenkins.buildAndAssertStatus(Result.UNSTABLE, job("unreachable", lab.step(", failOn: 'NEVER'")));
        jenkins.assertLogContains("could not be checked", run);
    }

    @Test
    void shouldWorkInADeclarativePipelineAndOnObjectsOfTheCluster() throws Exception {
        RealCluster.get().workflowTemplate(lab.namespace, "build");
        WorkflowJob job = PreflightLab.job(
                jenkins,
                "declarative",
                "pipeline { agent none; stages { stage('preflight') { steps { argoPreflight(objects:"
                        + " ['workflowtemplate/build'], namespace: '" + lab.namespace
                        + "', cluster: 'prod', failOn: 'NEVER', unstableOn: 'NEVER', noRegistry: true) } } } }");
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        assertThat(run.getActions(PreflightReportAction.class)).hasSize(1);
        assertThat(Gzip.read(run.getRootDir().toPath().resolve("argo-preflight/argo-preflight.json.gz")))
                .contains("\"name\":\"build\"", "registry.example.com/team/image:v1.2");
    }
}
