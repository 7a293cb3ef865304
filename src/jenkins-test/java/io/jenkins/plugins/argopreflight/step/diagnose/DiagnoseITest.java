package io.jenkins.plugins.argopreflight.step.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.step.HoldStep;
import io.jenkins.plugins.argopreflight.step.secret.SecretLab;
import io.jenkins.plugins.argopreflight.testing.server.ApiClient;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealArgo;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import io.jenkins.plugins.argopreflight.testing.server.ServerBinaries;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A Pipeline that submits with kubectl, and a real controller of Argo; the test plays the kubelet. */
@NeedsServers({Server.CLUSTER, Server.ARGO})
class DiagnoseITest {

    private static final String IMAGE = "registry.example.com/team/image:v9";
    private static final String WRONG_TAG = "Back-off pulling image \"" + IMAGE + "\": ErrImagePull: failed to resolve"
            + " reference \"" + IMAGE + "\": " + IMAGE + ": not found";
    private static final String RATE_LIMIT = "toomanyrequests: You have reached your pull rate limit";
    private static final String CAUSE = "does not exist";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final SecretLab lab = new SecretLab();
    private final ApiClient api = RealCluster.get().api();
    private final String pods = "/api/v1/namespaces/" + lab.namespace + "/pods";
    private final Right[] taskResults = {
        new Right("create", "argoproj.io", "workflowtaskresults", "", lab.namespace, ""),
        new Right("patch", "argoproj.io", "workflowtaskresults", "", lab.namespace, "")
    };
    private RealArgo argo;

    @BeforeEach
    void startController() {
        api.create(
                "/api/v1/namespaces/" + lab.namespace + "/configmaps",
                Map.of("metadata", Map.of("name", "workflow-controller-configmap")));
        argo = new RealArgo("workflow-controller-4.0", lab.namespace);
        HoldStep.forget();
    }

    @AfterEach
    void stopController() {
        argo.close();
    }

    @Test
    void shouldEndEarlyWithTheCauseOnTheBuildsPage() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = submit(jenkins, "waitMinutes: 10, description: true");
            waiting("ImagePullBackOff", WRONG_TAG);
            HoldStep.release("submitted");
            assertEndedEarly(jenkins, run);
            assertThat(run.getDescription())
                    .startsWith(lab.namespace + "/build: ")
                    .contains(CAUSE);
        });
    }

    @Test
    void shouldEndEarlyAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = submit(jenkins, "waitMinutes: 10");
            HoldStep.release("submitted");
            jenkins.waitForMessage("(Pod) Pending", run);
        });
        waiting("ImagePullBackOff", WRONG_TAG);
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("diagnoses", WorkflowJob.class)
                    .getLastBuild();
            assertEndedEarly(jenkins, run);
        });
    }

    @Test
    void shouldGiveATransientCauseItsTimeAndMarkTheBuildUnstable() throws Throwable {
        sessions.then(jenkins -> {
            RealCluster.get().grant(new User("system:serviceaccount:" + lab.namespace + ":default", ""), taskResults);
            WorkflowRun run = submit(jenkins, "waitMinutes: 1");
            waiting("ErrImagePull", RATE_LIMIT);
            HoldStep.release("submitted");
            jenkins.assertBuildStatus(Result.UNSTABLE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("build has not ended in 1 minutes", run);
            jenkins.assertLogContains("it Running", run);
        });
    }

    @Test
    void shouldNameThePermanentCauseWhereATransientOneIsFirst() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = submit(jenkins, "waitMinutes: 10");
            waiting("ErrImagePull", RATE_LIMIT);
            HoldStep.release("submitted");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("cannot go on: ServiceAccount default is not allowed to create", run);
        });
    }

    @Test
    void shouldFollowToTheEndDespiteAPermanentCauseWhenAsked() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = submit(jenkins, "waitMinutes: 10, endEarly: false");
            waiting("ImagePullBackOff", WRONG_TAG);
            HoldStep.release("submitted");
            jenkins.waitForMessage("(Pod) Pending", run);
            Thread.sleep(3_000);
            assertThat(run.isBuilding()).isTrue();
            api.mergePatch(
                    "/apis/argoproj.io/v1alpha1/namespaces/" + lab.namespace + "/workflows/build",
                    Map.of("spec", Map.of("shutdown", "Terminate")));
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("build ended in phase Failed", run);
        });
    }

    private void assertEndedEarly(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("ERROR: Workflow " + lab.namespace + "/build cannot go on: ", run);
        jenkins.assertLogNotContains("it Running", run);
        jenkins.assertLogNotContains("\tat ", run);
        String page =
                jenkins.createWebClient().goTo(run.getUrl() + "argo-workflows/").asNormalizedText();
        assertThat(page).contains("build", IMAGE, CAUSE);
        // It follows and changes nothing: the workflow still runs.
        assertThat(api.get("/apis/argoproj.io/v1alpha1/namespaces/" + lab.namespace + "/workflows/build")
                        .at("/status/phase")
                        .asText())
                .isEqualTo("Running");
    }

    /** Returns when the pod is there and the build is held between the two. */
    private WorkflowRun submit(JenkinsRule jenkins, String more) throws Exception {
        lab.configure();
        String manifest = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {name: build}
            spec:
              entrypoint: main
              templates:
              - name: main
                container: {image: %s, command: [sh]}
            """.formatted(IMAGE);
        String script = "node {\n writeFile file: 'workflow.yaml', text: '''" + manifest + "'''\n sh '''"
                + ServerBinaries.require("kubectl") + " --kubeconfig "
                + RealCluster.get().adminKubeconfig() + " -n " + lab.namespace + " create -f workflow.yaml'''\n}\n"
                + "hold 'submitted'\ndef found = argoDiagnose(workflow: 'build', namespace: '" + lab.namespace
                + "', cluster: 'prod', " + more + ")\necho \"it ${found.phase}\"";
        WorkflowRun run =
                SecretLab.job(jenkins, "diagnoses", script).scheduleBuild2(0).waitForStart();
        HoldStep.await("submitted");
        argo.await(1);
        return run;
    }

    /** Sets the status that the kubelet reports for a container that does not start. */
    private void waiting(String reason, String message) {
        JsonNode pod = argo.pods().get("build").get(0);
        Map<String, Object> main = Map.of(
                "name",
                "main",
                "image",
                IMAGE,
                "imageID",
                "",
                "ready",
                false,
                "restartCount",
                0,
                "state",
                Map.of("waiting", Map.of("reason", reason, "message", message)));
        api.mergePatch(
                pods + "/" + pod.at("/metadata/name").asText() + "/status",
                Map.of("status", Map.of("phase", "Pending", "containerStatuses", List.of(main))));
    }
}
