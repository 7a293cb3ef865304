package io.jenkins.plugins.argopreflight.step.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.ExtensionList;
import hudson.XmlFile;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.JobSettings;
import io.jenkins.plugins.argopreflight.step.HoldStep;
import java.io.File;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Blocks whose build ends without undoing them, and blocks of several builds. */
class EndedBlocksITest extends SharedJenkins {

    /** Keeps the rounds of Jenkins itself, one a minute, from coming between the steps of a test. */
    @RegisterExtension
    static final InvocationInterceptor ALONE = new InvocationInterceptor() {
        @Override
        public void interceptTestMethod(
                Invocation<Void> test, ReflectiveInvocationContext<Method> context, ExtensionContext extension)
                throws Throwable {
            synchronized (ExtensionList.lookupSingleton(EndedBlocks.class)) {
                test.proceed();
            }
        }
    };

    @Test
    void shouldUndoTheBlockOfAKilledBuild() throws Exception {
        WorkflowRun killed = killed("killed");
        assertThat(lab.exists()).isTrue();

        round(Instant.now());
        assertThat(lab.exists()).isFalse();
        assertThat(lab.isBound()).isFalse();
        assertThat(killed.getAction(io.jenkins.plugins.argopreflight.action.SecretsAction.class))
                .isNotNull();
        assertThat(BlockHolds.get().blocks()).isEmpty();
    }

    @Test
    void shouldUndoAKilledBlockWithTheNextOneOfThatName() throws Exception {
        killed("killed-before");
        jenkins.buildAndAssertSuccess(SecretLab.job(jenkins, "next", lab.block("echo 'body'")));
        assertThat(lab.exists()).isFalse();
        round(Instant.now());
        assertThat(BlockHolds.get().blocks()).isEmpty();
    }

    @Test
    void shouldUndoTheBlockOfADeletedBuild() throws Exception {
        killed("deleted").delete();
        round(Instant.now());
        assertThat(lab.exists())
                .as("a build that is missing once may just be loading")
                .isTrue();
        round(Instant.now());
        assertThat(lab.exists()).isFalse();
    }

    @Test
    void shouldUndoTheBlockOfADeletedJob() throws Exception {
        WorkflowRun killed = killed("deleted-job");
        killed.getParent().delete();
        round(Instant.now());
        round(Instant.now());
        assertThat(lab.exists()).isFalse();
    }

    @Test
    void shouldLeaveTheBlockOfABuildThatRuns() throws Exception {
        WorkflowRun run = lab.held(jenkins, "running");
        run.getParent().renameTo("renamed");
        round(Instant.now());
        round(Instant.now());
        assertThat(lab.exists()).isTrue();
        HoldStep.release("running");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(lab.exists()).isFalse();
    }

    /** A block removes its Secret, whatever the stored limits are. */
    @Test
    void shouldUndoABlockWithTheDefaultLimitsIfTheStoredOnesAreInvalid() throws Exception {
        WorkflowRun run = lab.held(jenkins, "invalid-limits");
        ArgoPreflightConfiguration configuration = ArgoPreflightConfiguration.get();
        configuration.setLimits(List.of("images=7"));
        configuration.save();
        XmlFile file = new XmlFile(new File(jenkins.jenkins.getRootDir(), configuration.getId() + ".xml"));
        Files.writeString(file.getFile().toPath(), file.asString().replace("images=7", "images=many"));
        configuration.load();
        try {
            assertThatThrownBy(() -> JobSettings.ofJenkins().limits()).hasMessageContaining("images=many");
            HoldStep.release("invalid-limits");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertThat(lab.exists()).isFalse();
            assertThat(lab.isBound()).isFalse();
        } finally {
            configuration.setLimits(List.of());
            configuration.save();
        }
    }

    @Test
    void shouldTryAgainUntilTheClusterAnswers() throws Exception {
        killed("retried");
        ArgoPreflightConfiguration.get().setClusters(List.of());
        Instant now = Instant.now();
        round(now);
        assertThat(lab.exists()).isTrue();

        lab.configure();
        round(now.plus(Duration.ofSeconds(30)));
        assertThat(lab.exists()).as("a minute has not passed").isTrue();
        round(now.plus(Duration.ofSeconds(61)));
        assertThat(lab.exists()).isFalse();
    }

    @Test
    void shouldNotUndoInAnotherClusterOfThatName() throws Exception {
        killed("other-cluster");
        ArgoPreflightConfiguration.get()
                .setClusters(List.of(SecretLab.cluster("prod", "https://localhost:" + lab.port())));
        round(Instant.now());
        assertThat(lab.exists()).isTrue();
        lab.configure();
        round(Instant.now().plus(Duration.ofMinutes(2)));
        assertThat(lab.exists()).isFalse();
    }

    @Test
    void shouldShareASecretBetweenBuilds() throws Exception {
        WorkflowRun first = lab.held(jenkins, "first");
        WorkflowRun second = lab.held(jenkins, "second");
        HoldStep.release("first");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
        jenkins.assertLogContains("another block still uses it", first);
        assertThat(lab.exists()).isTrue();
        assertThat(lab.isBound()).isTrue();

        HoldStep.release("second");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(second));
        assertThat(lab.exists()).isFalse();
        assertThat(lab.isBound()).isFalse();
    }

    @Test
    void shouldServeFiftyParallelBlocks() throws Exception {
        String script = "def branches = [:]\nfor (int i = 0; i < 50; i++) { branches[\"b${i}\"] = { "
                + lab.block("sleep time: 20, unit: 'MILLISECONDS'") + " } }\nparallel branches";
        jenkins.buildAndAssertSuccess(SecretLab.job(jenkins, "fifty", script));
        assertThat(lab.exists()).isFalse();
        assertThat(lab.isBound()).isFalse();
        assertThat(BlockHolds.get().blocks()).isEmpty();
    }

    private WorkflowRun killed(String name) throws Exception {
        WorkflowRun run = lab.held(jenkins, name);
        run.doKill();
        jenkins.waitForCompletion(run);
        return run;
    }

    private static void round(Instant now) throws Exception {
        ExtensionList.lookupSingleton(EndedBlocks.class).undo(BlockHolds.get(), () -> System.out, now);
    }
}
