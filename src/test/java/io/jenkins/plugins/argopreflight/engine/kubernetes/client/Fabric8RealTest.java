package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.Fault;
import io.jenkins.plugins.argopreflight.testing.server.FaultProxy;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@NeedsServers
@ExtendWith(InRun.class)
class Fabric8RealTest {

    private final RealCluster cluster = RealCluster.get();

    @TempDir
    private Path folder;

    @Test
    void shouldReadAllPagesOfAList() {
        String namespace = cluster.namespace("pages");
        try (ClusterGateway gateway = connect(cluster.adminKubeconfig())) {
            List<Integer> numbers = IntStream.range(0, 510).boxed().toList();
            Parallel.forEach(
                    numbers,
                    16,
                    i -> gateway.create(
                            Resource.SERVICE_ACCOUNTS,
                            KubeObjects.of(Resource.SERVICE_ACCOUNTS, namespace, "sa-" + i),
                            WriteMode.REAL));

            assertThat(gateway.list(Resource.SERVICE_ACCOUNTS, namespace, "", ""))
                    .hasSize(510)
                    .allMatch(account -> Json.text(account, "kind").equals("ServiceAccount"))
                    .extracting(KubeObjects::name)
                    .doesNotHaveDuplicates();
            assertThat(cluster.requests(cluster.admin()).stream()
                            .filter(request -> request.verb().equals("list")
                                    && request.namespace().equals(namespace)))
                    .hasSize(2);
        }
    }

    @Test
    void shouldReportTheServersVersionToEachAuthenticatedUser() {
        try (ClusterGateway gateway = connect(cluster.kubeconfig(cluster.userWith()))) {
            assertThat(gateway.version())
                    .isEqualTo(cluster.api().get("/version").path("gitVersion").asText())
                    .matches("v1\\.\\d+\\.\\d+.*");
        }
    }

    @Test
    void shouldReportThatAWriteMayBeDoneWhenTheAnswerIsCutOff() {
        String namespace = cluster.namespace("cut");
        try (FaultProxy proxy = FaultProxy.before(cluster).fail(FaultProxy.Request::isWrite, 1, Fault.CUT_AFTER);
                ClusterGateway gateway = connect(proxy.kubeconfig(cluster.admin()))) {
            ClusterException cut = catchThrowableOfType(
                    ClusterException.class,
                    () -> gateway.create(
                            Resource.SERVICE_ACCOUNTS,
                            KubeObjects.of(Resource.SERVICE_ACCOUNTS, namespace, "argo"),
                            WriteMode.REAL));

            assertThat(cut.kind().maybeApplied()).isTrue();
            assertThat(gateway.get(Resource.SERVICE_ACCOUNTS, namespace, "argo"))
                    .isPresent();
            assertThat(proxy.requests()).hasSize(2);
        }
    }

    @Test
    void shouldWaitAsLongAsAThrottlingServerAsks() {
        String namespace = cluster.namespace("throttle");
        try (FaultProxy proxy = FaultProxy.before(cluster).failRequest(1, Fault.tooManyRequests(1));
                ClusterGateway gateway = connect(proxy.kubeconfig(cluster.admin()))) {
            gateway.create(
                    Resource.SERVICE_ACCOUNTS,
                    KubeObjects.of(Resource.SERVICE_ACCOUNTS, namespace, "argo"),
                    WriteMode.REAL);

            assertThat(proxy.requests()).hasSize(2);
        }
    }

    @Test
    void shouldReportAnExpiredTokenWithoutShowingIt() throws IOException {
        Path kubeconfig = edited(cluster.admin().token(), "canary-token");

        ClusterException refused = failure(kubeconfig);

        assertThat(refused.kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(refused)
                .hasMessage(cluster.url() + ": Unauthorized: the server does not accept"
                        + " this credential; it has possibly expired: log in again");
    }

    @Test
    void shouldReportAnUnknownAuthority() throws IOException {
        ClusterException refused = failure(edited("    certificate-authority: " + cluster.certificateAuthority(), ""));

        assertThat(refused.kind()).isEqualTo(Kind.TLS);
        assertThat(refused.getMessage()).startsWith(cluster.url() + ": x509: certificate signed by unknown authority");
    }

    @Test
    void shouldReportPlainHttpToATlsServer() throws IOException {
        ClusterException refused = failure(edited("https://", "http://"));

        assertThat(refused.kind()).isEqualTo(Kind.INVALID);
        assertThat(refused.getMessage()).contains("HTTP 400 without a Kubernetes Status");
    }

    @Test
    void shouldReportAServerThatIsNotThere() throws IOException {
        String port = cluster.url().replaceFirst(".*:", ":");
        assertThat(failure(edited(port, ":1")))
                .hasMessage(
                        "https://127.0.0.1:1: connection refused; " + "check the address, and that the server runs");
        assertThat(failure(edited("127.0.0.1" + port, "nowhere.invalid:6443")))
                .hasMessageStartingWith("https://nowhere.invalid:6443: no such host; check");
    }

    private Path edited(String from, String to) throws IOException {
        String content = Files.readString(cluster.adminKubeconfig());
        assertThat(content).contains(from);
        return Files.writeString(folder.resolve("kubeconfig"), content.replace(from, to));
    }

    private static ClusterException failure(Path kubeconfig) {
        try (ClusterGateway gateway = connect(kubeconfig)) {
            return catchThrowableOfType(ClusterException.class, () -> gateway.get(Resource.NAMESPACES, "", "ci"));
        }
    }

    private static ClusterGateway connect(Path kubeconfig) {
        return Fabric8Gateway.connect(ClusterConnection.DEFAULT.withKubeconfigs(kubeconfig));
    }
}
