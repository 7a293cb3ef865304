package io.jenkins.plugins.argopreflight.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.cli.Ran;
import io.jenkins.plugins.argopreflight.cli.Schema;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnoseCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    /** A snapshot with one workflow in namespace ci, whose pod cannot be scheduled or runs. */
    private Path snapshot(String name) throws IOException {
        Path from = ProjectRoot.path()
                .resolve("src/test/resources/diagnose/command")
                .resolve(name);
        assertThat(from).isDirectory();
        return from;
    }

    @Test
    void shouldShowTheCauseAndEndInOne() throws IOException {
        Ran ran = Ran.with(
                "diagnose",
                "build-x7k2p",
                "-n",
                "ci",
                "--no-registry",
                "--cluster",
                snapshot("failed").toString());
        assertThat(ran.exit()).as(ran.err()).isEqualTo(1);
        assertThat(ran.out())
                .contains("Workflow ci/build-x7k2p (Failed): 1 cause found")
                .contains("Container main ended with exit code 3")
                .contains("submit the workflow again");
    }

    @Test
    void shouldWriteEveryFormatAtOnce() throws IOException {
        Path html = folder.resolve("d.html");
        Path markdown = folder.resolve("d.md");
        Ran ran = Ran.with(
                "diagnose",
                "wf/build-x7k2p",
                "-n",
                "ci",
                "--no-registry",
                "--cluster",
                snapshot("failed").toString(),
                "-o",
                "json",
                "-o",
                "html=" + html,
                "-o",
                "markdown=" + markdown);
        JsonNode root = JSON.readTree(ran.out());
        assertThat(Schema.problems(ran.out(), "diagnosis.schema.json")).isEmpty();
        assertThat(root.path("causes").path(0).path("check").asText()).isEqualTo("container-failed");
        assertThat(root.path("causes").path(0).path("next").asText()).isEqualTo("resubmit");
        assertThat(root.path("causes").path(0).path("nodes").path(0).asText()).isEqualTo("build-x7k2p");
        assertThat(Files.readString(html)).contains("<h2>Causes</h2>");
        assertThat(Files.readString(markdown)).contains("## Container main ended");
    }

    @Test
    void shouldEndInZeroForAWorkflowThatRuns() throws IOException {
        Ran ran = Ran.with(
                "diagnose",
                "-l",
                "team=build",
                "-n",
                "ci",
                "--no-registry",
                "--cluster",
                snapshot("runs").toString());
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out()).contains("no problem, it waits", "It runs.");
    }

    @Test
    void shouldEndInThreeWhenTheWorkflowIsGone() throws IOException {
        Ran ran = Ran.with(
                "diagnose",
                "no-such",
                "-n",
                "ci",
                "--no-registry",
                "--cluster",
                snapshot("runs").toString());
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.out()).contains("could not be checked", "does not exist");
    }

    @Test
    void shouldNeedAWorkflow() {
        assertThat(Ran.with("diagnose").exit()).isEqualTo(2);
        assertThat(Ran.with("diagnose", "a", "-l", "b=c").err()).contains("name one workflow");
    }

    /** The snapshot with a quota beside the workflow. */
    private Path withQuota(String pods) throws IOException {
        Path to = Files.createDirectories(folder.resolve("cluster"));
        try (Stream<Path> files = Files.list(snapshot("failed"))) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.writeString(to.resolve("quota.yaml"), """
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: pods, namespace: ci}
                spec: {hard: {pods: "%s"}}
                """.formatted(pods));
        return to;
    }

    private Ran since(Path baseline, Path cluster) {
        return Ran.with(
                "diagnose",
                "build-x7k2p",
                "-n",
                "ci",
                "--no-registry",
                "--cluster",
                cluster.toString(),
                "--baseline",
                baseline.toString());
    }

    @Test
    void shouldShowWhatChangedSinceAReport() throws IOException {
        Path baseline = folder.resolve("preflight.json");
        Ran.with(
                "check",
                "workflow/build-x7k2p",
                "-n",
                "ci",
                "--no-registry",
                "--cluster",
                withQuota("10").toString(),
                "-o",
                "json=" + baseline);

        assertThat(since(baseline, withQuota("10")).out())
                .contains("Changed since the report " + baseline, "Nothing that both runs read has changed.");
        assertThat(since(baseline, withQuota("1")).out()).contains("ResourceQuota ci/pods: pods 10 → 1");
        Ran elsewhere = since(baseline, snapshot("failed"));
        assertThat(elsewhere.exit()).isEqualTo(2);
        assertThat(elsewhere.err()).contains("--baseline", "it is a report of cluster");
    }
}
