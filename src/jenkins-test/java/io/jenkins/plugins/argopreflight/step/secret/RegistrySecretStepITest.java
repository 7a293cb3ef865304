package io.jenkins.plugins.argopreflight.step.secret;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.step.HoldStep;
import io.jenkins.plugins.argopreflight.testing.server.RawServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

class RegistrySecretStepITest extends SharedJenkins {

    @Test
    void shouldWriteBindAndReturnWhatItDid() throws Exception {
        WorkflowJob job = SecretLab.job(
                jenkins,
                "pass",
                "def made = " + lab.step(", cluster: 'prod'") + "\n"
                        + "echo \"${made.secretName} ${made.namespaces} ${made.serviceAccounts} ${made.changed}"
                        + " ${made.registries[0]} ${made.result}\"");

        WorkflowRun first = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("regcred [" + lab.namespace + "] [default] true registry.example.com ok", first);
        jenkins.assertLogContains("the step's cluster: cluster \"prod\"", first);
        jenkins.assertLogNotContains(SecretLab.CANARY, first);
        assertThat(lab.exists()).isTrue();
        assertThat(lab.isBound()).isTrue();

        WorkflowRun second = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("[default] false registry.example.com ok", second);
    }

    @Test
    void shouldTakeTheDefaultClusterAndSayWhenThereIsNone() throws Exception {
        WorkflowJob job = SecretLab.job(jenkins, "default", lab.step(""));
        jenkins.assertLogContains(
                "No cluster: give the step cluster", jenkins.buildAndAssertStatus(Result.FAILURE, job));

        ArgoPreflightConfiguration.get().setDefaultCluster("prod");
        jenkins.assertLogContains("the default: cluster \"prod\"", jenkins.buildAndAssertSuccess(job));
    }

    @Test
    void shouldFailWithASentenceWhenSomethingIsMissing() throws Exception {
        WorkflowJob missing =
                SecretLab.job(jenkins, "missing", lab.step(", cluster: 'prod'").replace("'default'", "'nobody'"));
        WorkflowRun refused = jenkins.buildAndAssertStatus(Result.FAILURE, missing);
        jenkins.assertLogContains("nobody", refused);
        jenkins.assertLogContains("Secret regcred was not written: ", refused);

        WorkflowJob unknown = SecretLab.job(jenkins, "unknown", lab.step(", cluster: 'test'"));
        jenkins.assertLogContains(
                "No cluster \"test\" (the step's cluster) is configured for this job; there are: prod",
                jenkins.buildAndAssertStatus(Result.FAILURE, unknown));
    }

    /** The author of a job is not allowed to see the address, and knows the cluster by its name. */
    @Test
    void shouldNameAClusterThatDoesNotAnswer() throws Exception {
        ClusterConfiguration gone = new ClusterConfiguration("gone");
        gone.setServerUrl("https://127.0.0.1:1");
        ArgoPreflightConfiguration.get().setClusters(List.of(gone));
        ArgoPreflightConfiguration.get().setDefaultCluster("gone");

        for (String step : List.of(lab.step(""), "argoDiagnose(workflow: 'build', namespace: 'ci', waitMinutes: 1)")) {
            WorkflowRun failed = jenkins.buildAndAssertStatus(
                    Result.FAILURE, SecretLab.job(jenkins, "gone-" + step.indexOf("("), step));
            jenkins.assertLogContains("Cluster \"gone\": connection refused", failed);
            jenkins.assertLogNotContains("(the cluster)", failed);
            jenkins.assertLogNotContains("127.0.0.1:1", failed);
        }
    }

    @Test
    void shouldLiveAsLongAsItsBody() throws Exception {
        WorkflowRun run = lab.held(jenkins, "body");
        assertThat(lab.exists()).isTrue();
        assertThat(lab.isBound()).isTrue();

        HoldStep.release("body");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(lab.exists()).isFalse();
        assertThat(lab.isBound()).isFalse();
    }

    @Test
    void shouldEndAsABodyWhoseValueCannotBeStored() throws Exception {
        String lazyMap = "new groovy.json.JsonSlurper().parseText('{\"a\":1}')";
        jenkins.buildAndAssertSuccess(SecretLab.job(jenkins, "lazy", lab.block(lazyMap)));
        assertThat(lab.exists()).isFalse();
    }

    @Test
    void shouldTakeTheSecretAwayWhenTheBodyFails() throws Exception {
        WorkflowJob job = SecretLab.job(jenkins, "failing", lab.block("error 'of the body'"));
        jenkins.assertLogContains("of the body", jenkins.buildAndAssertStatus(Result.FAILURE, job));
        assertThat(lab.exists()).isFalse();
        assertThat(lab.isBound()).isFalse();
    }

    @Test
    void shouldTakeTheSecretAwayWhenTheBuildIsAborted() throws Exception {
        WorkflowJob job = SecretLab.job(jenkins, "aborted", lab.block("sleep 1000"));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Sleeping for", run);
        assertThat(lab.exists()).isTrue();

        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertThat(lab.exists()).isFalse();
    }

    @Test
    void shouldAbortWithinSecondsWhileTheServerHangs() throws Exception {
        try (RawServer hanging = RawServer.silent()) {
            ArgoPreflightConfiguration.get()
                    .setClusters(List.of(SecretLab.cluster(
                            "hanging", "https://" + hanging.url().getAuthority())));
            WorkflowRun run = SecretLab.job(jenkins, "hanging", lab.step(", cluster: 'hanging'"))
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.waitForMessage("cluster \"hanging\"", run);
            hanging.awaitSilence();

            Instant stopped = Instant.now();
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            assertThat(Duration.between(stopped, Instant.now())).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void shouldShareASecretBetweenParallelBlocks() throws Exception {
        WorkflowJob job = SecretLab.job(
                jenkins,
                "parallel",
                "parallel a: { " + lab.block("hold 'a'") + " }, b: { " + lab.block("hold 'b'") + " }");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        HoldStep.await("a");
        HoldStep.await("b");

        HoldStep.release("a");
        jenkins.waitForMessage("another block still uses it", run);
        assertThat(lab.exists()).isTrue();

        HoldStep.release("b");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(lab.exists()).isFalse();
    }

    @Test
    void shouldLeaveASecretThatWasThereBefore() throws Exception {
        jenkins.buildAndAssertSuccess(SecretLab.job(jenkins, "stays", lab.step(", cluster: 'prod'")));
        WorkflowRun block = jenkins.buildAndAssertSuccess(SecretLab.job(jenkins, "later", lab.block("echo 'body'")));
        jenkins.assertLogContains("it was there before this block", block);
        assertThat(lab.exists()).isTrue();
        assertThat(lab.isBound()).isTrue();
    }

    @Test
    void shouldWorkInADeclarativePipeline() throws Exception {
        WorkflowJob job = SecretLab.job(
                jenkins,
                "declarative",
                "pipeline { agent none; stages { stage('secret') { steps { " + lab.block("echo 'body'") + " } } } }");
        jenkins.buildAndAssertSuccess(job);
        assertThat(lab.exists()).isFalse();
    }
}
