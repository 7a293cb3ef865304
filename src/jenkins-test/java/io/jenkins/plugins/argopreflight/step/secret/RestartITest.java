package io.jenkins.plugins.argopreflight.step.secret;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.step.HoldStep;
import io.jenkins.plugins.argopreflight.testing.server.Fault;
import io.jenkins.plugins.argopreflight.testing.server.FaultProxy;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

@NeedsServers(Server.CLUSTER)
class RestartITest {

    private static final String HOLDS = "argo-preflight-holds.json";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void shouldTakeTheSecretAwayAfterARestartInTheBody() throws Throwable {
        SecretLab lab = new SecretLab();
        sessions.then(jenkins -> {
            lab.configure();
            lab.held(jenkins, "restarted");
            assertThat(lab.exists()).isTrue();
            HoldStep.forget();
        });
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("restarted", WorkflowJob.class)
                    .getLastBuild();
            HoldStep.await("restarted");
            assertThat(lab.exists()).isTrue();
            HoldStep.release("restarted");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertThat(lab.exists()).isFalse();
            assertThat(lab.isBound()).isFalse();
        });
        assertThat(filesWithTheCanary(sessions.getHome().toPath())).isEmpty();
    }

    @Test
    void shouldShareASecretAcrossARestart() throws Throwable {
        SecretLab lab = new SecretLab();
        sessions.then(jenkins -> {
            lab.configure();
            for (String name : List.of("first", "second")) {
                lab.held(jenkins, name);
            }
            HoldStep.forget();
        });
        sessions.then(jenkins -> {
            HoldStep.await("first");
            HoldStep.await("second");
            HoldStep.release("first");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build(jenkins, "first")));
            assertThat(lab.exists()).isTrue();
            HoldStep.release("second");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build(jenkins, "second")));
            assertThat(lab.exists()).isFalse();
        });
    }

    @Test
    void shouldUndoABlockThatCannotBeResumed() throws Throwable {
        SecretLab lab = new SecretLab();
        sessions.then(jenkins -> {
            lab.configure();
            lab.held(jenkins, "lost");
            assertThat(lab.exists()).isTrue();
            HoldStep.forget();
        });
        Files.delete(sessions.getHome().toPath().resolve("jobs/lost/builds/1/program.dat"));
        sessions.then(jenkins -> {
            jenkins.waitForCompletion(build(jenkins, "lost"));
            ExtensionList.lookupSingleton(EndedBlocks.class).undo(BlockHolds.get(), () -> System.out, Instant.now());
            assertThat(lab.exists()).isFalse();
            assertThat(lab.isBound()).isFalse();
        });
    }

    private static WorkflowRun build(JenkinsRule jenkins, String job) {
        return jenkins.jenkins.getItemByFullName(job, WorkflowJob.class).getLastBuild();
    }

    /**
     * The machine is switched off after the Secret was written and before a ServiceAccount was: after the start,
     * Jenkins has only the files of that moment.
     */
    @Test
    void shouldTakeAwayWhatItWroteBeforeACrash(@TempDir Path disk) throws Throwable {
        SecretLab lab = new SecretLab();
        Path builds = Path.of("jobs/crashed/builds");
        try (FaultProxy proxy = SecretLab.proxy()) {
            proxy.failAll(request -> request.method().equals("PUT"), Fault.STALL);
            sessions.then(jenkins -> {
                lab.configure();
                ArgoPreflightConfiguration.get().setClusters(List.of(SecretLab.behind(proxy)));
                WorkflowJob job = SecretLab.job(jenkins, "crashed", lab.block("echo 'the body ran'"));
                job.scheduleBuild2(0).waitForStart();
                lab.await(lab::exists);
                Path home = jenkins.jenkins.getRootDir().toPath();
                FileUtils.copyDirectory(
                        home.resolve(builds).toFile(), disk.resolve("builds").toFile());
                // The proxy stands for the API server, which is at its own address again after the crash.
                String holds = Files.readString(home.resolve(HOLDS));
                Files.writeString(disk.resolve(HOLDS), holds.replace(proxy.url(), SecretLab.url()));
                lab.configure();
            });
        }
        Path home = sessions.getHome().toPath().resolve(builds);
        FileUtils.deleteDirectory(home.toFile());
        FileUtils.copyDirectory(disk.resolve("builds").toFile(), home.toFile());
        Files.copy(
                disk.resolve(HOLDS), sessions.getHome().toPath().resolve(HOLDS), StandardCopyOption.REPLACE_EXISTING);
        assertThat(lab.exists()).isTrue();
        assertThat(lab.isBound()).isFalse();

        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("crashed", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("the body ran", run);
            assertThat(lab.exists()).isFalse();
            assertThat(lab.isBound()).isFalse();
        });
    }

    /** Plain, in base64 alone and as a Secret's auth, in all files; credentials.xml has it encrypted. */
    private static List<Path> filesWithTheCanary(Path home) throws IOException {
        List<String> forms = Stream.of(SecretLab.CANARY, base64(SecretLab.CANARY), base64("team:" + SecretLab.CANARY))
                .toList();
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> forms.stream().anyMatch(read(file)::contains))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
