package io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig.UntrustedKubeconfig.Author;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.testing.TemporaryFolder;
import io.jenkins.plugins.argopreflight.testing.Txtar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kubeconfigs that strangers wrote: none runs a program or reads a file of this machine. */
class HostileKubeconfigTest {

    private static final Path FIXTURES = Path.of(System.getProperty("argopreflight.root", "../.."))
            .resolve("src/test/resources/kubeconfig/hostile.txtar");

    @TempDir
    private static Path folder;

    private static Canary canary;

    @BeforeAll
    static void start() throws IOException {
        canary = new Canary(folder);
    }

    @AfterAll
    static void stop() {
        canary.close();
    }

    static Stream<Path> shapes() throws IOException {
        return Txtar.read(FIXTURES).unpack(TemporaryFolder.create("kubeconfig")).stream();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void shouldRunNothingAndReadNothing(Path shape) throws IOException {
        String[] parts = Files.readString(shape).split("\n", 2);
        String result = connect(canary.fill(parts[1]));
        assertThat(canary.traces()).as("the canary program ran").isEmpty();
        List<String> logins = canary.logins();
        assertThat(logins.toString() + result).doesNotContain(Canary.SECRET);
        String expected = canary.fill(parts[0].substring(parts[0].indexOf(": ") + 2));
        if (parts[0].startsWith("# accepted: ")) {
            assertThat(result).isEqualTo("v1.34.4");
            assertThat(logins).containsExactly(expected);
        } else {
            assertThat(result).contains(expected).hasLineCount(1);
            assertThat(logins).isEmpty();
        }
    }

    private static String connect(String text) {
        try {
            ClusterEndpoint endpoint = UntrustedKubeconfig.endpoint(
                    List.of(new UntrustedKubeconfig("credentials \"prod\"", Password.of(text), Author.CREDENTIAL)), "");
            try (Fabric8Gateway gateway = Fabric8Gateway.connect(ClusterConnection.DEFAULT.to(endpoint))) {
                return gateway.version();
            }
        } catch (KubeconfigException | ClusterException e) {
            return e.getMessage();
        }
    }
}
