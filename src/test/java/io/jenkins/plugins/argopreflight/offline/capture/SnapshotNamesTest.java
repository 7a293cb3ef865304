package io.jenkins.plugins.argopreflight.offline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.offline.Snapshot;
import io.jenkins.plugins.argopreflight.offline.admission.LocalAdmission;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotGateway;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of a server that writes what it wants, as files of a snapshot. */
@ExtendWith(InRun.class)
class SnapshotNamesTest {

    private static final String POD = """
            ---
            {apiVersion: v1, kind: Pod,
             metadata: {name: "%s", namespace: %s, labels: {workflows.argoproj.io/workflow: build-1}},
             spec: {containers: [{name: "%s", image: a}]},
             status: {phase: Failed, containerStatuses: [{name: "%s", state: {terminated: {exitCode: 1}}}]}}
            """;

    @TempDir
    private Path folder;

    private Path copy;

    @BeforeEach
    void makeFolders() throws IOException {
        copy = Files.createDirectories(folder.resolve("a/b/c")).resolve("copy");
    }

    private static String pod(String namespace, String name, String container) {
        return POD.formatted(name, namespace, container, container);
    }

    /** Returns a cluster in which the log of a container is its namespace, pod and name. */
    private ClusterGateway cluster(String... pods) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(
                source.resolve("snapshot.yaml"),
                "apiVersion: argo-preflight/v1\nkind: Snapshot\nkubernetes: v1.34.4\n");
        Files.writeString(source.resolve("objects.yaml"), String.join("", pods));
        SnapshotGateway objects = open(source);
        return (ClusterGateway) Proxy.newProxyInstance(
                ClusterGateway.class.getClassLoader(),
                new Class<?>[] {ClusterGateway.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("log")) {
                        return List.of(String.join(" ", Arrays.copyOf(arguments, 3, String[].class)));
                    }
                    try {
                        return method.invoke(objects, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static SnapshotGateway open(Path snapshot) {
        return SnapshotGateway.open(snapshot, new LocalAdmission(Optional.empty()));
    }

    private void write(ClusterGateway cluster, String... namespaces) {
        new Snapshot(cluster, 1)
                .write(List.of(namespaces), "argo", new DiagnosisContent(List.of("build-1"), true), List.of(), copy);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(folder.resolve("source")))
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"p.x/../../../../escaped, main", "q, x/../../../../escaped", "../../p, main", "q, /etc/p", "q, 'a\nb'"})
    void shouldWriteNothingOutsideOfItsFolder(String pod, String container) throws IOException {
        // Where every name is a path, the first makes the folder that the others begin with.
        write(cluster(pod("ci", "p", "x/-"), pod("ci", pod, container.replace("\n", "\\n"))), "ci");

        assertThat(files()).hasSizeGreaterThan(2).allMatch(file -> file.startsWith(copy));
        assertThat(open(copy).log("ci", pod, container, 9))
                .containsExactly(("ci " + pod + " " + container).split("\n"));
    }

    @Test
    void shouldCutLongNames() throws IOException {
        String container = "a".repeat(400);
        write(cluster(pod("ci", "p", container)), "ci");

        assertThat(open(copy).log("ci", "p", container, 1)).containsExactly("ci p " + container);
    }

    @Test
    void shouldKeepTheLogsOfPodsWithOneNameInTwoNamespaces() throws IOException {
        write(cluster(pod("ci", "p", "main"), pod("prod", "p", "main")), "ci", "prod");

        assertThat(open(copy).log("ci", "p", "main", 1)).containsExactly("ci p main");
        assertThat(open(copy).log("prod", "p", "main", 1)).containsExactly("prod p main");
    }
}
