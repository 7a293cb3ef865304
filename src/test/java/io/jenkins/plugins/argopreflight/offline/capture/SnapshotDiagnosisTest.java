package io.jenkins.plugins.argopreflight.offline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.LogSource;
import io.jenkins.plugins.argopreflight.engine.diagnose.explain.Diagnose;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.offline.Snapshot;
import io.jenkins.plugins.argopreflight.offline.admission.LocalAdmission;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotGateway;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.Stories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A workflow that failed is captured, and diagnosed from the snapshot as from the cluster. */
@ExtendWith(InRun.class)
class SnapshotDiagnosisTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void shouldFindTheSameCauseOfEveryStory() throws IOException {
        List<String> different = new ArrayList<>();
        int stories = 0;
        for (Path story : Stories.all()) {
            String name = story.getFileName().toString();
            JsonNode description = JSON.readTree(Files.readString(story.resolve("story.json")));
            String namespace = description.path("namespace").asText();
            ClusterGateway cluster = open(story.resolve("after"));
            Path copy = folder.resolve(name);
            List<String> workflows = cluster.list(Resource.WORKFLOWS, namespace, "", "").stream()
                    .map(KubeObjects::name)
                    .toList();
            new Snapshot(cluster, 4)
                    .write(List.of(namespace), "argo", new DiagnosisContent(workflows, true), List.of(), copy);
            String there = causes(cluster, namespace, workflows);
            String here = causes(open(copy), namespace, workflows);
            if (!there.equals(here)) {
                different.add(name + ":\n  " + there + "\n  " + here);
            }
            stories++;
        }
        assertThat(stories).isGreaterThan(100);
        assertThat(different).isEmpty();
    }

    private static SnapshotGateway open(Path snapshot) {
        return SnapshotGateway.open(snapshot, new LocalAdmission(Optional.empty()));
    }

    private static String causes(ClusterGateway cluster, String namespace, List<String> workflows) {
        return workflows.stream()
                .flatMap(name -> new Diagnose(cluster, new NoRegistry(), 4)
                                .run(new DiagnoseRequest(
                                        namespace,
                                        name,
                                        "",
                                        "argo",
                                        LogSource.read("--logs"),
                                        List.of(),
                                        Optional.of(LATER)))
                                .causes()
                                .stream())
                .map(SnapshotDiagnosisTest::brief)
                .collect(Collectors.joining("; "));
    }

    private static final java.time.Instant LATER = java.time.Instant.parse("2027-01-01T00:00:00Z");

    private static String brief(Cause cause) {
        return cause.check() + " " + cause.subject() + " " + cause.permanent() + " "
                + cause.evidence().stream()
                        .map(each -> each.object() + "/" + each.field())
                        .toList();
    }

    @Test
    void shouldCaptureNoSecret() throws IOException {
        Path source = Files.createDirectories(folder.resolve("source/logs")).getParent();
        Files.writeString(
                source.resolve("snapshot.yaml"),
                "apiVersion: argo-preflight/v1\nkind: Snapshot\nkubernetes: v1.34.4\n");
        Files.writeString(source.resolve("objects.yaml"), """
            {apiVersion: v1, kind: Secret, metadata: {name: login, namespace: ci},
             data: {password: Y2FuYXJ5LXBhc3N3b3Jk, config: eyJhIjogeyJiIjogImNhbmFyeS1pbi1qc29uIn19, user: amFuZQ==}}
            ---
            {apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {name: build-1, namespace: ci},
             spec: {arguments: {parameters: [{name: apiToken, value: canary-parameter}, {name: tag, value: v1}]}},
             status: {phase: Failed, message: "login with canary-password failed", nodes: {build-1: {id: build-1,
              inputs: {parameters: [{name: x, value: "-t canary-parameter"}]}, outputs: {result: canary-parameter}}}}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: build-1, namespace: ci, labels: {workflows.argoproj.io/workflow: build-1}},
             spec: {containers: [{name: main, image: a, env: [{name: A, value: canary-variable}]}]},
             status: {phase: Failed, containerStatuses: [{name: main, state: {terminated: {exitCode: 1, message: canary-in-json}}}]}}
            ---
            {apiVersion: v1, kind: Event, metadata: {name: e, namespace: ci}, involvedObject: {kind: Pod, name: build-1},
             type: Warning, reason: Failed, message: "canary-password"}
            """);
        Files.writeString(
                source.resolve("logs/build-1.main.log"),
                "hello jane, canary-password is wrong, and canary-parameter\n");
        Files.writeString(source.resolve("controller.log"), "workflow=build-1 canary-in-json\nworkflow=other x\n");
        Path copy = folder.resolve("copy");
        new Snapshot(open(source), 4)
                .write(
                        List.of("ci", "other"),
                        "argo",
                        new DiagnosisContent(List.of("build-1", "gone"), true),
                        List.of(),
                        copy);
        assertThat(texts(copy)).doesNotContain("canary").contains("****", "value: \"v1\"", "hello jane");
        assertThat(Files.readString(copy.resolve("controller.log"))).isEqualTo("workflow=build-1 ****\n");
    }

    private static String texts(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> {
                        try {
                            return Files.readString(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .collect(Collectors.joining("\n"));
        }
    }
}
