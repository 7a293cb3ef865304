package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig.UntrustedKubeconfig;
import io.jenkins.plugins.argopreflight.engine.util.http.AddressPolicy;
import io.jenkins.plugins.argopreflight.engine.util.http.AllowedHosts;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

    private static final AddressPolicy PUBLIC = AddressPolicy.publicAnd(AllowedHosts.NONE, line -> "add " + line);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::ffff:127.0.0.1]", "127.1", "0177.0.0.1", "2130706433"})
    void shouldNotAskALoopbackAddressThatIsNotAllowed(String host) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(KubeconfigException.class)
                    .isThrownBy(() ->
                            Fabric8Gateway.connect(connection("https://" + host + ":" + socket.getLocalPort(), PUBLIC)))
                    .withMessageStartingWith("address not allowed: ");
            assertNothingArrives(socket);
        }
    }

    @Test
    void shouldNotAskANameThatResolvesToLoopback() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                Fabric8Gateway gateway =
                        Fabric8Gateway.connect(connection("http://LocalHost:" + socket.getLocalPort(), PUBLIC))) {
            assertThatExceptionOfType(ClusterException.class)
                    .isThrownBy(gateway::version)
                    .withMessageContaining("address not allowed: localhost is this machine's own address")
                    .withMessageContaining("add localhost:" + socket.getLocalPort())
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(ClusterException.Kind.UNREACHABLE));
            assertNothingArrives(socket);
        }
    }

    @Test
    void shouldAskWhatTheListAllows() throws IOException {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.Answer.of(200, "{\"gitVersion\":\"v1.34.1\"}"));
                Fabric8Gateway gateway = Fabric8Gateway.connect(connection(
                        server.url(),
                        AddressPolicy.publicAnd(AllowedHosts.of(List.of("127.0.0.0/8")), line -> line)))) {
            assertThat(gateway.version()).isEqualTo("v1.34.1");
        }
    }

    private static void assertNothingArrives(ServerSocket socket) throws IOException {
        socket.setSoTimeout(50);
        assertThatThrownBy(socket::accept).isInstanceOf(SocketTimeoutException.class);
    }

    private static ClusterConnection connection(String server, AddressPolicy policy) {
        UntrustedKubeconfig text = new UntrustedKubeconfig(
                "credentials \"prod\"",
                Password.of(ScriptedServer.kubeconfig(server)),
                UntrustedKubeconfig.Author.CREDENTIAL);
        return ClusterConnection.DEFAULT
                .to(UntrustedKubeconfig.endpoint(List.of(text), ""))
                .within(policy);
    }
}
