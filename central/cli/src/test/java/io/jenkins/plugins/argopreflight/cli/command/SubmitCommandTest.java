package io.jenkins.plugins.argopreflight.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.cli.Ran;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A test of {@code submit} on a real API server. The test acts as Argo's controller. */
@NeedsServers(Server.CLUSTER)
class SubmitCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RealCluster cluster = RealCluster.get();
    private String namespace;
    private String workflows;

    @TempDir
    Path folder;

    @BeforeEach
    void makeNamespace() {
        namespace = cluster.namespace("cli-submit");
        cluster.serviceAccount(namespace, "default");
        workflows = "/apis/argoproj.io/v1alpha1/namespaces/" + namespace + "/workflows";
    }

    @Test
    void shouldSubmitAFileWithParametersAndLabels() throws IOException {
        Ran ran = submit(file("generateName: build-"), "-p", "tag=v1", "-l", "team=a,level=3", "-o", "json");

        assertThat(ran.exit()).as(ran.err()).isZero();
        String name = JSON.readTree(ran.out()).path("name").asText();
        JsonNode made = cluster.api().get(workflows + "/" + name);
        assertThat(name).startsWith("build-");
        assertThat(made.at("/spec/arguments/parameters/0/value").asText()).isEqualTo("v1");
        assertThat(made.at("/metadata/labels/team").asText()).isEqualTo("a");
    }

    @Test
    void shouldWaitAndExitAsTheWorkflowDid() throws IOException {
        for (Map.Entry<String, Integer> end :
                Map.of("Succeeded", 0, "Failed", 1).entrySet()) {
            String name = "build-" + end.getKey().toLowerCase(Locale.ROOT);
            CompletableFuture<Ran> running =
                    CompletableFuture.supplyAsync(() -> submit(file("name: " + name), "--wait"));
            awaitWorkflow(name);
            complete(name, end.getKey());

            Ran ran = running.join();

            assertThat(ran.exit()).as(ran.err()).isEqualTo(end.getValue());
            assertThat(ran.out()).isEqualTo("Workflow " + namespace + "/" + name + ": " + end.getKey() + "\n");
        }
    }

    @Test
    void shouldEndWhenSomeoneDeletesTheWorkflow() {
        CompletableFuture<Ran> running = CompletableFuture.supplyAsync(() -> submit(file("name: build"), "--wait"));
        awaitWorkflow("build");
        cluster.api().delete(workflows + "/build");

        Ran ran = running.join();

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("Someone deleted workflow " + namespace + "/build");
        assertThat(ran.out()).endsWith("Deleted before it had ended\n");
    }

    @Test
    void shouldRefuseAFixedNameThatExists() {
        assertThat(submit(file("name: build")).exit()).isZero();

        Ran again = submit(file("name: build"));

        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("exists already").contains("metadata.generateName");
    }

    @Test
    void shouldSubmitNothingThatThePreflightRefuses() throws IOException {
        Path file = Path.of(file("generateName: build-"));
        Files.writeString(file, Files.readString(file).replace("entrypoint: main", "entrypoint: missing"));

        Ran ran = run("submit", file.toString());

        assertThat(ran.exit()).as(ran.err()).isEqualTo(1);
        assertThat(ran.err()).contains("Nothing was submitted");
        assertThat(cluster.api().get(workflows).path("items")).isEmpty();
    }

    /** The parameters and the draft belong to the submission, whatever the preflight could not check. */
    @Test
    void shouldSubmitAfterAPreflightThatUsedUpItsLimits() throws IOException {
        String patch = "{tolerations: [" + "{key: a},".repeat(50) + "]}";
        Map<String, Object> main = Map.of(
                "name",
                "main",
                "podSpecPatch",
                patch,
                "container",
                Map.of("image", "registry.example.com/team/image:v1.2", "command", List.of("sh")));
        String objects = workflows.replace("/workflows", "");
        cluster.api()
                .create(
                        objects + "/workflowtemplates",
                        Map.of(
                                "apiVersion",
                                "argoproj.io/v1alpha1",
                                "kind",
                                "WorkflowTemplate",
                                "metadata",
                                Map.of("name", "build"),
                                "spec",
                                Map.of("entrypoint", "main", "templates", List.of(main))));
        cluster.api()
                .create(
                        "/api/v1/namespaces/" + namespace + "/configmaps",
                        Map.of(
                                "apiVersion",
                                "v1",
                                "kind",
                                "ConfigMap",
                                "metadata",
                                Map.of("name", "workflow-controller-configmap"),
                                "data",
                                Map.of("instanceID", "blue")));
        Path values = Files.writeString(folder.resolve("values.yaml"), "tag: v1");

        Ran ran = run(
                "submit",
                "--from",
                "workflowtemplate/build",
                "--parameter-file",
                values.toString(),
                "--argo-namespace",
                namespace,
                "--limit",
                "nodes=60");

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("nodes=60");
        JsonNode made = cluster.api().get(workflows).at("/items/0");
        assertThat(made.at("/metadata/labels/workflows.argoproj.io~1controller-instanceid")
                        .asText())
                .isEqualTo("blue");
        assertThat(made.at("/spec/arguments/parameters/0/value").asText()).isEqualTo("v1");
    }

    @Test
    void shouldSubmitAWorkflowWhoseFindingsAreAllInTheBaseline() throws IOException {
        Path file = Path.of(file("generateName: build-"));
        Files.writeString(file, Files.readString(file).replace("entrypoint: main", "entrypoint: missing"));
        Path baseline = folder.resolve("baseline.json");
        assertThat(run("check", "-f", file.toString(), "-o", "json=" + baseline).exit())
                .isEqualTo(1);

        Ran ran = run("submit", file.toString(), "--baseline", baseline.toString());

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(cluster.api().get(workflows).path("items")).hasSize(1);
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThat(run("submit").err()).contains("name one workflow to submit");
        assertThat(submit(file("name: a"), "--on-abort", "kill").err()).contains("one of stop, terminate, leave");
        assertThat(submit(file("name: a"), "-l", "team").err()).contains("expected NAME=VALUE");
    }

    private Ran submit(String... args) {
        List<String> all = new ArrayList<>(List.of("submit", "--no-preflight"));
        all.addAll(List.of(args));
        return run(all.toArray(String[]::new));
    }

    private Ran run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of(
                "-n",
                namespace,
                "--no-registry",
                "--kubeconfig",
                cluster.adminKubeconfig().toString()));
        return Ran.with(all.toArray(String[]::new));
    }

    private String file(String metadata) {
        try {
            Path file = Files.createTempFile(folder, "wf", ".yaml");
            Files.writeString(file, """
                    apiVersion: argoproj.io/v1alpha1
                    kind: Workflow
                    metadata: {%s}
                    spec:
                      entrypoint: main
                      arguments: {parameters: [{name: tag, value: old}]}
                      templates:
                      - name: main
                        suspend: {}
                    """.formatted(metadata));
            return file.toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitWorkflow(String name) {
        while (cluster.api().status(workflows + "/" + name) != 200) {
            Thread.onSpinWait();
        }
    }

    private void complete(String name, String phase) {
        cluster.api()
                .mergePatch(
                        workflows + "/" + name,
                        Map.of(
                                "metadata", Map.of("labels", Map.of("workflows.argoproj.io/completed", "true")),
                                "status", Map.of("phase", phase)));
    }
}
