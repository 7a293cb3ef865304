package io.jenkins.plugins.argopreflight.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.TlsWitness.Visit;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.util.http.Resolver;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The address of each connection is the one that was checked. TLS and HTTP still name the host. */
class PinnedAddressTest {

    private static final Optional<Login> LOGIN = Optional.of(new Login("team", Password.of("s3cret-word")));
    private static final Map<String, String> ADDRESSES =
            Map.of("registry.test", "127.0.0.71", "auth.test", "127.0.0.72", "cdn.test", "127.0.0.73");

    @TempDir
    private Path folder;

    /** Names that lead to a metadata service when they are resolved again. */
    private static final class Rebinding implements Resolver {

        private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            boolean first = !asked.contains(host);
            asked.add(host);
            return new InetAddress[] {InetAddress.getByName(first ? ADDRESSES.get(host) : "169.254.169.254")};
        }
    }

    @Test
    void shouldKeepNameAndAddressOfRegistryTokenServiceAndRedirect() throws Exception {
        Certificates certificates = new Certificates(folder);
        Rebinding names = new Rebinding();
        try (TlsWitness server = new TlsWitness(
                        certificates.signed("all", "dns:registry.test,dns:auth.test,dns:cdn.test"),
                        PinnedAddressTest::answer);
                RegistryProbe probe = new RegistryProbe(RegistrySettings.builder()
                        .resolver(names)
                        .authority(certificates.authority())
                        .build())) {
            for (String tag : List.of("v1", "v2")) {
                Answer answer =
                        probe.ask(ImageReference.parse("Registry.Test:" + server.port() + "/team/image:" + tag), LOGIN);
                assertThat(answer.verdict()).as(answer.explanation()).isEqualTo(Verdict.OK);
            }

            assertThat(server.visits())
                    .extracting(Visit::serverName)
                    .contains("registry.test", "auth.test", "cdn.test");
            assertThat(server.visits()).allSatisfy(visit -> {
                assertThat(visit.host()).isEqualTo(visit.serverName() + ":" + server.port());
                assertThat(visit.address()).isEqualTo(ADDRESSES.get(visit.serverName()));
            });
            assertThat(names.asked).containsExactlyInAnyOrderElementsOf(ADDRESSES.keySet());
        }
    }

    /** A registry that requires a token of another host and keeps its manifests on a third. */
    private static void answer(HttpExchange exchange) throws IOException {
        String host = exchange.getRequestHeaders().getFirst("Host");
        String port = host.substring(host.indexOf(':'));
        boolean known = exchange.getRequestHeaders().containsKey("Authorization");
        if (host.startsWith("auth")) {
            Loopback.answer(exchange, 200, Map.of("Content-Type", "application/json"), "{\"token\":\"t0k3n-abc\"}");
        } else if (host.startsWith("cdn")) {
            Loopback.answer(exchange, 200, Map.of(), "{}");
        } else if (known) {
            String location = "https://cdn.test" + port + exchange.getRequestURI();
            Loopback.answer(exchange, 307, Map.of("Location", location), "");
        } else {
            String realm = "Bearer realm=\"https://auth.test" + port + "/token\",service=\"registry\"";
            Loopback.answer(exchange, 401, Map.of("WWW-Authenticate", realm), "");
        }
    }
}
