package io.jenkins.plugins.argopreflight.step.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.argopreflight.step.secret.SecretLab;
import io.jenkins.plugins.argopreflight.testing.server.ApiClient;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A build that succeeds and one that fails, on a real API server; workflows end when the test says so. */
@NeedsServers(Server.CLUSTER)
class ChangedITest {

    private static final String TITLE = "Changed since build #1 (the last that succeeded)";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final SecretLab lab = new SecretLab();
    private final ApiClient api = RealCluster.get().api();
    private final String core = "/api/v1/namespaces/" + lab.namespace;
    private final String objects = "/apis/argoproj.io/v1alpha1/namespaces/" + lab.namespace;
    private final String step = "argoSubmit(from: 'workflowtemplate/build', namespace: '" + lab.namespace
            + "', cluster: 'prod', failOn: 'NEVER', unstableOn: 'NEVER', logs: false)";

    @BeforeEach
    void makeTemplateAndPullSecret() {
        RealCluster.get().workflowTemplate(lab.namespace, "build");
        api.create(
                core + "/secrets",
                Map.of(
                        "metadata",
                        Map.of("name", "regcred"),
                        "type",
                        "kubernetes.io/dockerconfigjson",
                        "stringData",
                        Map.of(
                                ".dockerconfigjson",
                                "{\"auths\":{\"registry.example.com\":{\"username\":\"team\",\"password\":\""
                                        + SecretLab.CANARY + "\"}}}")));
        pullSecrets("regcred");
    }

    @Test
    void shouldShowWhatChangedSinceTheBuildThatSucceeded() throws Throwable {
        sessions.then(jenkins -> {
            lab.configure();
            WorkflowJob job = SecretLab.job(jenkins, "submits", step);
            jenkins.assertBuildStatusSuccess(build(jenkins, job, "Succeeded"));
            api.mergePatch(core + "/secrets/regcred", Map.of("metadata", Map.of("labels", Map.of("changed", "yes"))));
            pullSecrets("regcred", "other");

            WorkflowRun failed = jenkins.assertBuildStatus(Result.FAILURE, build(jenkins, job, "Failed"));

            String secret = "Secret " + lab.namespace + "/regcred was changed";
            String account = "ServiceAccount " + lab.namespace + "/default got pull Secret other";
            jenkins.assertLogContains(TITLE, failed);
            jenkins.assertLogContains(secret, failed);
            String page = jenkins.createWebClient()
                    .goTo(failed.getUrl() + "argo-workflows/")
                    .asNormalizedText();
            assertThat(page).contains(TITLE, secret, account).doesNotContain(SecretLab.CANARY);
        });
    }

    @Test
    void shouldShowNothingWithoutABuildThatSucceeded() throws Throwable {
        sessions.then(jenkins -> {
            lab.configure();
            WorkflowJob job = SecretLab.job(jenkins, "submits", step);
            jenkins.assertBuildStatus(Result.FAILURE, build(jenkins, job, "Failed"));

            WorkflowRun failed = jenkins.assertBuildStatus(Result.FAILURE, build(jenkins, job, "Failed"));

            jenkins.assertLogNotContains("Changed since", failed);
            assertThat(jenkins.createWebClient()
                            .goTo(failed.getUrl() + "argo-workflows/")
                            .asNormalizedText())
                    .doesNotContain("Changed since");
        });
    }

    private void pullSecrets(String... names) {
        List<Map<String, String>> references =
                List.of(names).stream().map(name -> Map.of("name", name)).toList();
        api.mergePatch(core + "/serviceaccounts/default", Map.of("imagePullSecrets", references));
    }

    /** A build whose workflow ends in this phase. */
    private WorkflowRun build(JenkinsRule jenkins, WorkflowJob job, String phase) throws Exception {
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage(" submitted", run);
        for (JsonNode workflow : api.get(objects + "/workflows").path("items")) {
            if (workflow.at("/status/phase").isMissingNode()) {
                api.mergePatch(
                        objects + "/workflows/" + workflow.at("/metadata/name").asText(),
                        Map.of("status", Map.of("phase", phase, "finishedAt", "2026-11-26T12:00:00Z")));
            }
        }
        return jenkins.waitForCompletion(run);
    }
}
