package io.jenkins.plugins.argopreflight.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.cli.Ran;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code snapshot} of a real API server, and what {@code pods} makes of it. */
@NeedsServers
class SnapshotCommandTest {

    private static final String CANARY = "cAn4ryPassw0rd";
    private static final String WORKFLOW = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {name: w}
            spec:
              entrypoint: main
              serviceAccountName: builder
              templates: [{name: main, container: {image: "registry.example.com/app:1", command: [make]}}]
            """;

    private final RealCluster cluster = RealCluster.get();
    private final String namespace = cluster.namespace("snap");

    @TempDir
    private Path folder;

    @BeforeEach
    void fill() {
        String in = "/api/v1/namespaces/" + namespace;
        cluster.api()
                .create(
                        in + "/serviceaccounts",
                        Map.of(
                                "metadata", Map.of("name", "builder"),
                                "imagePullSecrets", List.of(Map.of("name", "regcred"))));
        String config = "{\"auths\":{\"registry.example.com\":{\"username\":\"u\",\"password\":\"" + CANARY + "\"}}}";
        cluster.api()
                .create(
                        in + "/secrets",
                        Map.of(
                                "metadata", Map.of("name", "regcred"),
                                "type", "kubernetes.io/dockerconfigjson",
                                "stringData", Map.of(".dockerconfigjson", config)));
        cluster.api()
                .create(
                        in + "/configmaps",
                        Map.of("metadata", Map.of("name", "app"), "data", Map.of("password", CANARY)));
    }

    private Ran snapshot(User user, Path to) {
        return Ran.with(
                "snapshot",
                "-n",
                namespace,
                "-o",
                to.toString(),
                "--kubeconfig",
                cluster.kubeconfig(user).toString());
    }

    @Test
    void shouldCaptureWhatPodsNeedsAndNoPassword() throws IOException {
        Path to = folder.resolve("new/snapshot");

        Ran ran = snapshot(cluster.admin(), to);

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains(" objects are in " + to);
        try (Stream<Path> files = Files.walk(to)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContain(
                                CANARY,
                                Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8)),
                                "managedFields");
            }
        }
        Path workflow = Files.writeString(folder.resolve("w.yaml"), WORKFLOW);
        Ran pods = Ran.with(
                "pods",
                "-f",
                workflow.toString(),
                "-n",
                namespace,
                "--cluster",
                to.toString(),
                "--argo-version",
                "v4.0.5");
        assertThat(pods.exit()).as(pods.err()).isZero();
        assertThat(pods.out()).contains("- name: regcred  # Service");
    }

    @Test
    void shouldSayWhatItMayNotReadAndTheRoleForIt() throws IOException {
        User user = cluster.userWith(Right.of("list", "", "serviceaccounts", namespace));
        Path to = folder.resolve("snapshot");

        Ran ran = snapshot(user, to);

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("  secrets in namespace " + namespace + ": secrets is forbidden: User \"" + user
                        + "\" cannot list")
                .contains("kind: ClusterRole\n")
                .contains("name: \"" + user + "\"");
        assertThat(Files.readString(to.resolve("snapshot.yaml"))).contains("missingRight:", "user: \"" + user + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-n a           | no folder to write: add -o DIR",
                "-o DIR         | no namespace: add -n NAMESPACE",
                "-n a,b* -o DIR | -n b*: one namespace is needed, not a pattern",
                "-n a -o /      | / exists and is not empty: give a new folder",
                "-n a -o DIR --timeout 0 | --timeout 0: it must be 1 second or more",
            })
    void shouldSayInOneLineWhatIsWrong(String line, String said) {
        String all = "snapshot " + line.replace("DIR", folder.resolve("x").toString()) + " --kubeconfig "
                + cluster.adminKubeconfig();

        Ran ran = Ran.with(all.split(" +"));

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("argo-preflight snapshot: " + said + "\n");
    }

    @Test
    void shouldLeaveNothingWhenTheClusterDoesNotAnswer() throws IOException {
        Path kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(
                kubeconfig,
                Files.readString(cluster.adminKubeconfig()).replaceFirst("127\\.0\\.0\\.1:\\d+", "127.0.0.1:1"));

        Ran ran = Ran.with(
                "snapshot", "-n", "a", "-o", folder.resolve("x").toString(), "--kubeconfig", kubeconfig.toString());

        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("connection refused");
        assertThat(folder.resolve("x")).doesNotExist();
    }
}
