package io.jenkins.plugins.argopreflight.step.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.argopreflight.step.secret.SecretLab;
import io.jenkins.plugins.argopreflight.testing.ApiClient;
import io.jenkins.plugins.argopreflight.testing.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.RealArgo;
import io.jenkins.plugins.argopreflight.testing.RealCluster;
import io.jenkins.plugins.argopreflight.testing.Server;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Workflows on a real API server; no controller runs, so they end when the test says so. */
@NeedsServers(Server.CLUSTER)
class SubmitITest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final SecretLab lab = new SecretLab();
    private final ApiClient api = RealCluster.get().api();
    private final String objects = "/apis/argoproj.io/v1alpha1/namespaces/" + lab.namespace;
    private final String step = "def run = argoSubmit(from: 'workflowtemplate/build', namespace: '" + lab.namespace
            + "', cluster: 'prod', preflight: false, logs: false)\necho \"it ${run.phase}\"";

    @BeforeEach
    void makeTemplate() {
        RealArgo.installKinds(RealCluster.get());
        Map<String, Object> container =
                Map.of("image", "registry.example.com/team/image:v1.2", "command", List.of("sh"));
        api.create(
                objects + "/workflowtemplates",
                Map.of(
                        "apiVersion",
                        "argoproj.io/v1alpha1",
                        "kind",
                        "WorkflowTemplate",
                        "metadata",
                        Map.of("name", "build"),
                        "spec",
                        Map.of(
                                "entrypoint",
                                "main",
                                "templates",
                                List.of(Map.of("name", "main", "container", container)))));
    }

    @Test
    void shouldFollowTheSameWorkflowAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            submit(jenkins);
            assertThat(workflows()).hasSize(1);
        });
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("submits", WorkflowJob.class)
                    .getLastBuild();
            assertThat(run.isBuilding()).isTrue();
            end("Succeeded");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("it Succeeded", run);
            assertThat(workflows()).hasSize(1);
        });
    }

    @Test
    void shouldStopTheWorkflowWhenTheBuildIsAborted() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = submit(jenkins);
            run.doStop();
            jenkins.waitForMessage("Stop sent to workflow", run);
            assertThat(workflows().get(0).at("/spec/shutdown").asText()).isEqualTo("Stop");
            end("Failed");
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        });
    }

    @Test
    void shouldFailTheBuildWithTheWorkflow() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = submit(jenkins);
            end("Failed");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("ended in phase Failed", run);
        });
    }

    private WorkflowRun submit(JenkinsRule jenkins) throws Exception {
        lab.configure();
        WorkflowRun run =
                SecretLab.job(jenkins, "submits", step).scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage(" submitted", run);
        return run;
    }

    private List<JsonNode> workflows() {
        return api.get(objects + "/workflows").path("items").valueStream().toList();
    }

    private void end(String phase) {
        api.mergePatch(
                objects + "/workflows/"
                        + workflows().get(0).at("/metadata/name").asText(),
                Map.of("status", Map.of("phase", phase, "finishedAt", "2026-11-26T12:00:00Z")));
    }
}
