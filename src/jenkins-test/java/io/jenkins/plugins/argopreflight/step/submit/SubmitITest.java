package io.jenkins.plugins.argopreflight.step.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.argopreflight.action.PreflightReportAction;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.engine.submit.StoredRun;
import io.jenkins.plugins.argopreflight.engine.util.file.RecordFolder;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightLab;
import io.jenkins.plugins.argopreflight.step.secret.SecretLab;
import io.jenkins.plugins.argopreflight.testing.server.ApiClient;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Workflows on a real API server; no controller runs, so they end when the test says so. */
@NeedsServers(Server.CLUSTER)
class SubmitITest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path folder;

    private final SecretLab lab = new SecretLab();
    private final ApiClient api = RealCluster.get().api();
    private final String objects = "/apis/argoproj.io/v1alpha1/namespaces/" + lab.namespace;
    private final String step = "def run = argoSubmit(from: 'workflowtemplate/build', namespace: '" + lab.namespace
            + "', cluster: 'prod', preflight: false, logs: false)\necho \"it ${run.phase}\"";

    @BeforeEach
    void makeTemplate() {
        RealCluster.get().workflowTemplate(lab.namespace, "build");
    }

    @ParameterizedTest
    @EnumSource(FlowDurabilityHint.class)
    void shouldFollowTheSameWorkflowAfterARestart(FlowDurabilityHint durability) throws Throwable {
        sessions.then(jenkins -> {
            submit(jenkins, durability);
            assertThat(workflows()).hasSize(1);
        });
        sessions.then(jenkins -> {
            WorkflowRun run = last(jenkins);
            assertThat(run.isBuilding()).isTrue();
            end("Succeeded");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("it Succeeded", run);
            assertThat(workflows()).hasSize(1);
        });
    }

    /** Killed after the step has ended, and before Pipeline stored that. */
    @Test
    void shouldEndAgainAsItEnded() throws Throwable {
        sessions.then(this::submit);
        StoredRun stored = stored().all().get(0);
        stored.outcome = StoredRun.Outcome.success(Map.of("phase", "Archived"));
        stored().save(stored.record.id, stored);
        sessions.then(jenkins -> {
            WorkflowRun run = last(jenkins);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("it Archived", run);
            assertThat(workflows()).hasSize(1);
            for (int i = 0; i < 300 && !stored().all().isEmpty(); i++) {
                Thread.sleep(100);
            }
            assertThat(stored().all()).isEmpty();
        });
    }

    @Test
    void shouldSubmitNothingAgainWithoutWhatWasStored() throws Throwable {
        sessions.then(this::submit);
        stored().delete(stored().all().get(0).record.id);
        sessions.then(jenkins -> {
            WorkflowRun run = last(jenkins);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("look for the workflow with argo list", run);
            assertThat(workflows()).hasSize(1);
        });
    }

    private RecordFolder<StoredRun> stored() {
        return new RecordFolder<>(sessions.getHome().toPath().resolve("argo-preflight-runs"), StoredRun.class);
    }

    private static WorkflowRun last(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("submits", WorkflowJob.class).getLastBuild();
    }

    @Test
    void shouldStopTheWorkflowWhenTheBuildIsAborted() throws Throwable {
        sessions.then(jenkins -> {
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            WorkflowRun run = submit(jenkins);
            try (ACLContext jane = ACL.as(User.getById("jane", true))) {
                run.doStop();
            }
            jenkins.waitForMessage("Stop sent to workflow", run);
            assertThat(workflows().get(0).at("/spec/shutdown").asText()).isEqualTo("Stop");
            end("Failed");
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("The workflow was stopped (Stop)", run);
            jenkins.assertLogContains("Build submits#1 (Aborted by jane) set spec.shutdown to Stop", run);
            jenkins.assertLogNotContains("permanent", run);
        });
    }

    @Test
    void shouldEndAsAbortedAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = submit(jenkins);
            run.doStop();
            jenkins.waitForMessage("Stop sent to workflow", run);
        });
        sessions.then(jenkins -> {
            WorkflowRun run = last(jenkins);
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

    /** The phase is the only known fact of the workflow. */
    @Test
    void shouldDescribeTheBuildWhereNoCauseIsKnown() throws Throwable {
        sessions.then(jenkins -> {
            lab.configure();
            WorkflowRun run = SecretLab.job(
                            jenkins, "submits", step.replace("logs: false", "logs: false, description: true"))
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.waitForMessage(" submitted", run);
            String name = workflows().get(0).at("/metadata/name").asText();
            end("Failed");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            assertThat(run.getDescription())
                    .isEqualTo("argoSubmit: Workflow " + lab.namespace + "/" + name + " ended in phase Failed");
        });
    }

    /** The preflight passes, and the API server has a workflow of this name. */
    @Test
    void shouldDescribeTheBuildWhoseWorkflowIsRefused() throws Throwable {
        sessions.then(jenkins -> {
            lab.configure();
            api.create(
                    objects + "/workflows",
                    Map.of(
                            "apiVersion",
                            "argoproj.io/v1alpha1",
                            "kind",
                            "Workflow",
                            "metadata",
                            Map.of("name", "taken"),
                            "spec",
                            Map.of()));
            String manifest = PreflightLab.BROKEN
                    .replace("generateName: build-", "name: taken")
                    .replace("registry.example.com", "127.0.0.1:1");
            String script = "argoSubmit(manifest: '''" + manifest + "''', namespace: '" + lab.namespace
                    + "', cluster: 'prod', failOn: 'NEVER', unstableOn: 'NEVER', description: true)";

            WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, SecretLab.job(jenkins, "submits", script));

            assertThat(run.getActions(PreflightReportAction.class))
                    .extracting(PreflightReportAction::getResult)
                    .containsExactly("passed");
            assertThat(run.getDescription()).startsWith("argoSubmit: ").contains("taken");
            jenkins.assertLogContains("ERROR: " + run.getDescription().substring("argoSubmit: ".length()), run);
        });
    }

    @Test
    void shouldFailWithTheLastLinesOfTheFailedContainer() throws Throwable {
        List<String> lines = List.of(
                "connect to db with --name",
                "FATAL password authentication failed",
                "time=2026-11-26T12:00:00.000Z level=INFO msg=\"sub-process exited\" argo=true");
        sessions.then(jenkins -> {
            try (PlayedKubelet kubelet = new PlayedKubelet(RealCluster.get(), folder, lines)) {
                lab.configure();
                WorkflowRun run = SecretLab.job(
                                jenkins,
                                "submits",
                                "currentBuild.description = 'nightly'\n"
                                        + step.replace("logs: false", "logs: true, description: true"))
                        .scheduleBuild2(0)
                        .waitForStart();
                jenkins.waitForMessage(" submitted", run);
                String name = workflows().get(0).at("/metadata/name").asText();
                kubelet.failed(lab.namespace, name, 3);
                Map<String, Object> node = Map.of(
                        "id", name,
                        "name", name,
                        "displayName", name,
                        "type", "Pod",
                        "templateName", "main",
                        "phase", "Failed",
                        "message", "main: Error (exit code 3)");
                change(workflows().get(0), Map.of("status", Map.of("phase", "Failed", "nodes", Map.of(name, node))));

                jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
                jenkins.assertLogContains("[" + name + "] connect to db with --name", run);
                jenkins.assertLogContains(
                        "Container main ended with exit code 3\n  Pod " + lab.namespace + "/" + name
                                + " log of container main:\n    > connect to db with --name\n"
                                + "    > FATAL password authentication failed",
                        run);
                jenkins.assertLogNotContains("argo=true", run);
                assertThat(run.getDescription())
                        .isEqualTo(
                                "nightly\n" + lab.namespace + "/" + name + ": Container main ended with exit code 3");
                assertThat(jenkins.createWebClient()
                                .getPage(run, "argo-workflows/")
                                .asNormalizedText())
                        .contains("FATAL password authentication failed");
            }
        });
    }

    /** Killed, it neither clears up nor resumes. */
    @ParameterizedTest
    @EnumSource(FlowDurabilityHint.class)
    void shouldStopTheWorkflowOfABuildThatWasKilled(FlowDurabilityHint durability) throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = submit(jenkins, durability);
            run.doKill();
            jenkins.waitForCompletion(run);
            awaitShutdown();
        });
    }

    @Test
    void shouldStopTheWorkflowOfABuildThatWasDeleted() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = submit(jenkins);
            run.doKill();
            jenkins.waitForCompletion(run);
            run.delete();
            awaitShutdown();
        });
    }

    @Test
    void shouldStopTheWorkflowOfAStepThatCannotFollowItAnyMore() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = submit(jenkins);
            ClusterConfiguration cluster =
                    ArgoPreflightConfiguration.get().getClusters().get(0);
            cluster.setAllowedNamespaces(List.of("other"));
            change(workflows().get(0), Map.of("metadata", Map.of("labels", Map.of("changed", "true"))));
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("cannot be followed any more and can still be running", run);

            cluster.setAllowedNamespaces(List.of());

            awaitShutdown();
        });
    }

    @Test
    void shouldStopTheWorkflowWhenTheTimeOfTheStepIsOver() throws Throwable {
        sessions.then(jenkins -> {
            lab.configure();
            WorkflowRun run = SecretLab.job(jenkins, "submits", "timeout(time: 10, unit: 'SECONDS') {\n" + step + "\n}")
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.waitForMessage("Stop sent to workflow", run);
            end("Failed");
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        });
    }

    @Test
    void shouldSubmitOnceMoreInEachRetry() throws Throwable {
        sessions.then(jenkins -> {
            lab.configure();
            WorkflowRun run = SecretLab.job(jenkins, "submits", "retry(2) {\n" + step + "\n}")
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.waitForMessage(" submitted", run);
            end("Failed");
            jenkins.waitForMessage("Retrying", run);
            for (int i = 0; i < 600 && workflows().size() < 2; i++) {
                Thread.sleep(100);
            }
            workflows().forEach(workflow -> end(workflow, "Succeeded"));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertThat(workflows()).hasSize(2);
        });
    }

    /** The preflight leaves out what is over a limit; the draft of the workflow has the limits for itself. */
    @Test
    void shouldSubmitAfterAPreflightThatUsedUpItsLimits() throws Throwable {
        sessions.then(jenkins -> {
            lab.configure();
            ArgoPreflightConfiguration.get().setLimits(List.of("nodes=60"));
            ArgoPreflightConfiguration.get().getClusters().get(0).setArgoNamespace(lab.namespace);
            api.create(
                    "/api/v1/namespaces/" + lab.namespace + "/configmaps",
                    Map.of(
                            "apiVersion",
                            "v1",
                            "kind",
                            "ConfigMap",
                            "metadata",
                            Map.of("name", "workflow-controller-configmap"),
                            "data",
                            Map.of("instanceID", "blue")));
            String patch = "{tolerations: [" + "{key: a},".repeat(50) + "]}";
            api.mergePatch(objects + "/workflowtemplates/build", Map.of("spec", Map.of("podSpecPatch", patch)));
            String script = step.replace("preflight: false", "wait: false, failOn: 'NEVER', unstableOn: 'NEVER'")
                    .replace("${run.phase}", "${run.name}");

            WorkflowRun run = jenkins.buildAndAssertSuccess(SecretLab.job(jenkins, "submits", script));

            jenkins.assertLogContains("nodes=60", run);
            assertThat(workflows())
                    .singleElement()
                    .satisfies(
                            made -> assertThat(made.at("/metadata/labels/workflows.argoproj.io~1controller-instanceid")
                                            .asText())
                                    .isEqualTo("blue"));
        });
    }

    @Test
    void shouldSubmitNothingWithoutTheGateOfALockedPolicy() throws Throwable {
        sessions.then(jenkins -> {
            lab.configure();
            ArgoPreflightConfiguration.get().setFailOn("UNKNOWN");
            ArgoPreflightConfiguration.get().setLockPolicy(true);

            WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, SecretLab.job(jenkins, "submits", step));

            jenkins.assertLogContains(
                    "preflight: false of this step does not apply: the policy of Jenkins is locked", run);
            assertThat(workflows()).isEmpty();
            assertThat(run.getActions(PreflightReportAction.class))
                    .extracting(PreflightReportAction::getDisplayName)
                    .containsExactly("Argo Preflight (argoSubmit)");
        });
    }

    /** A container that ends with its secret in its termination message brings it into the message of the workflow. */
    @Test
    void shouldKeepNoSecretThatTheWorkflowRepeats() throws Throwable {
        sessions.then(jenkins -> {
            lab.configure();
            String secret = "canary-9Qz4";
            SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "own", "", Secret.fromString(secret)));
            String script = "withCredentials([string(credentialsId: 'own', variable: 'OWN')]) {\n" + step + "\n}";
            WorkflowRun run =
                    SecretLab.job(jenkins, "submits", script).scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage(" submitted", run);
            String name = workflows().get(0).at("/metadata/name").asText();
            String message = "main: Error (exit code 1): login with " + secret + " failed";
            Map<String, Object> node = Map.of(
                    "id",
                    name,
                    "name",
                    name,
                    "displayName",
                    name,
                    "type",
                    "Pod",
                    "phase",
                    "Failed",
                    "message",
                    message);
            api.mergePatch(
                    objects + "/workflows/" + name,
                    Map.of("status", Map.of("phase", "Failed", "message", message, "nodes", Map.of(name, node))));

            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("login with **** failed", run);
            try (Stream<Path> files = Files.walk(run.getRootDir().toPath())) {
                assertThat(files.filter(Files::isRegularFile))
                        .isNotEmpty()
                        .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                                .as(file.toString())
                                .doesNotContain(secret));
            }
        });
    }

    @Test
    void shouldMarkTheBuildUnstable() throws Throwable {
        sessions.then(jenkins -> {
            lab.configure();
            WorkflowRun run = SecretLab.job(
                            jenkins, "submits", step.replace("logs: false", "logs: false, unstablePhases: ['Failed']"))
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.waitForMessage(" submitted", run);
            end("Failed");
            jenkins.assertBuildStatus(Result.UNSTABLE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("it Failed", run);
        });
    }

    @Test
    void shouldWorkInADeclarativePipelineWithoutAnAgent() throws Throwable {
        sessions.then(jenkins -> {
            lab.configure();
            String script =
                    "pipeline { agent none; stages { stage('workflow') { steps { script {\n" + step + "\n} } } } }";
            WorkflowRun run =
                    SecretLab.job(jenkins, "submits", script).scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage(" submitted", run);
            end("Succeeded");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        });
    }

    /** A Pipeline reads it in a short node, and submits outside of one. */
    @Test
    void shouldSubmitAManifestWithoutAnExecutor() throws Throwable {
        sessions.then(jenkins -> {
            lab.configure();
            String script = "argoSubmit(manifest: '''" + PreflightLab.BROKEN + "''', namespace: '" + lab.namespace
                    + "', cluster: 'prod', preflight: false, logs: false)";
            WorkflowRun run =
                    SecretLab.job(jenkins, "submits", script).scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage(" submitted", run);
            assertThat(jenkins.jenkins.toComputer().countBusy()).isZero();
            end("Succeeded");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertThat(workflows().get(0).at("/spec/serviceAccountName").asText())
                    .isEqualTo("nobody");
        });
    }

    private void awaitShutdown() throws InterruptedException {
        for (int i = 0; i < 900 && workflows().get(0).at("/spec/shutdown").isMissingNode(); i++) {
            Thread.sleep(100);
        }
        assertThat(workflows().get(0).at("/spec/shutdown").asText()).isEqualTo("Stop");
    }

    private WorkflowRun submit(JenkinsRule jenkins) throws Exception {
        return submit(jenkins, FlowDurabilityHint.MAX_SURVIVABILITY);
    }

    private WorkflowRun submit(JenkinsRule jenkins, FlowDurabilityHint durability) throws Exception {
        lab.configure();
        WorkflowJob job = SecretLab.job(jenkins, "submits", step);
        job.addProperty(new DurabilityHintJobProperty(durability));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage(" submitted", run);
        return run;
    }

    private List<JsonNode> workflows() {
        return api.get(objects + "/workflows").path("items").valueStream().toList();
    }

    private void end(String phase) {
        end(workflows().get(0), phase);
    }

    private void end(JsonNode workflow, String phase) {
        change(workflow, Map.of("status", Map.of("phase", phase, "finishedAt", "2026-11-26T12:00:00Z")));
    }

    private void change(JsonNode workflow, Map<String, Object> patch) {
        api.mergePatch(objects + "/workflows/" + workflow.at("/metadata/name").asText(), patch);
    }
}
