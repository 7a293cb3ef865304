package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.okhttp.OkHttpClientImpl;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.registry.Certificates;
import io.jenkins.plugins.argopreflight.engine.registry.Loopback;
import io.jenkins.plugins.argopreflight.engine.registry.TlsWitness;
import io.jenkins.plugins.argopreflight.engine.registry.TlsWitness.Visit;
import io.jenkins.plugins.argopreflight.engine.util.http.AddressPolicy;
import io.jenkins.plugins.argopreflight.engine.util.http.AddressRefused;
import io.jenkins.plugins.argopreflight.engine.util.http.AllowedHosts;
import io.jenkins.plugins.argopreflight.engine.util.http.Resolver;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An API server is connected to at an address that was checked, and TLS and HTTP still name its host. */
class PinnedServerTest {

    private static final AddressPolicy POLICY =
            AddressPolicy.publicAnd(AllowedHosts.of(List.of("127.0.0.71")), line -> "add " + line);

    @TempDir
    private Path folder;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile String address = "127.0.0.71";

    @Test
    void shouldConnectToTheCheckedAddressByTheServersName() throws Exception {
        Certificates certificates = new Certificates(folder);
        String authority = Files.readString(certificates.authority());
        try (TlsWitness server = new TlsWitness(
                certificates.signed("api", "dns:api.test"),
                exchange -> Loopback.answer(exchange, 200, Map.of("Connection", "close"), "{}"))) {
            try (OkHttpClientImpl client =
                    client("https://Api.Test:" + server.port(), new Trust(authority, false, ""))) {
                assertThat(get(client, server.port())).isEqualTo(200);

                assertThat(server.visits())
                        .containsExactly(new Visit("127.0.0.71", "api.test", "api.test:" + server.port()));
                assertThat(asked).containsExactly("api.test");
                for (String other : List.of("127.0.0.72", "169.254.169.254")) {
                    address = other;
                    assertThatThrownBy(() -> get(client, server.port()))
                            .isInstanceOf(IOException.class)
                            .hasRootCauseInstanceOf(AddressRefused.class);
                }
            }
            assertThat(server.visits()).hasSize(1);
        }
    }

    private static int get(OkHttpClientImpl client, int port) throws IOException {
        Request request = new Request.Builder()
                .url("https://api.test:" + port + "/version")
                .build();
        try (Response answer = client.getOkHttpClient().newCall(request).execute()) {
            return answer.code();
        }
    }

    private OkHttpClientImpl client(String url, Trust trust) {
        ClusterEndpoint endpoint = ClusterEndpoint.of("test", url, trust, ClusterLogin.anonymous());
        Resolver names = host -> {
            asked.add(host);
            return new InetAddress[] {InetAddress.getByName(address)};
        };
        return SingleTryHttpClient.create(
                new ConnectionResolver.Target(endpoint, Optional.empty(), true),
                ClusterConnection.Timeouts.DEFAULT,
                POLICY,
                names);
    }
}
