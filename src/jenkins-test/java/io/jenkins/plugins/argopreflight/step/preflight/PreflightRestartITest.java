package io.jenkins.plugins.argopreflight.step.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.argopreflight.action.PreflightReportAction;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RawServer;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

@NeedsServers(Server.CLUSTER)
class PreflightRestartITest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void shouldKeepTheReportOverARestart() throws Throwable {
        PreflightLab lab = new PreflightLab();
        sessions.then(jenkins -> {
            lab.configure();
            WorkflowJob job =
                    PreflightLab.job(jenkins, "build", PreflightLab.inWorkspace(PreflightLab.BROKEN, lab.step("")));
            jenkins.buildAndAssertStatus(Result.FAILURE, job);
        });
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("build", WorkflowJob.class)
                    .getBuildByNumber(1);
            PreflightReportAction action = run.getAction(PreflightReportAction.class);
            assertThat(action.getResult()).isEqualTo("failed");
            assertThat(action.getRun()).isSameAs(run);
            assertThat(jenkins.createWebClient()
                            .goTo(run.getUrl() + "argo-preflight/")
                            .asNormalizedText())
                    .contains("Do this first", "nobody");
        });
    }

    @Test
    void shouldLookAgainWhenJenkinsWasRestartedMeanwhile() throws Throwable {
        PreflightLab lab = new PreflightLab();
        try (RawServer hanging = RawServer.silent()) {
            sessions.then(jenkins -> {
                lab.configure();
                ArgoPreflightConfiguration.get()
                        .setClusters(List.of(PreflightLab.cluster(
                                "prod", "https://" + hanging.url().getAuthority())));
                WorkflowRun run = PreflightLab.job(
                                jenkins, "again", PreflightLab.inWorkspace(PreflightLab.BROKEN, lab.step("")))
                        .scheduleBuild2(0)
                        .waitForStart();
                jenkins.waitForMessage("cluster \"prod\"", run);
                ArgoPreflightConfiguration.get().setClusters(List.of(PreflightLab.cluster("prod", PreflightLab.url())));
            });
            sessions.then(jenkins -> {
                WorkflowRun run = jenkins.jenkins
                        .getItemByFullName("again", WorkflowJob.class)
                        .getBuildByNumber(1);
                jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
                jenkins.assertLogContains("service-account-missing", run);
                assertThat(run.getActions(PreflightReportAction.class)).hasSize(1);
            });
        }
    }
}
