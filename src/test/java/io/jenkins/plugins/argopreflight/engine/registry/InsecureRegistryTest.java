package io.jenkins.plugins.argopreflight.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.argopreflight.engine.boundary.Attack;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.testing.server.RawServer;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Plain http where https is expected, at an address that is not loopback: only there does the name decide. */
class InsecureRegistryTest {

    @Test
    void shouldFallBackToPlainHttpByNameOnly() throws IOException {
        Optional<Inet4Address> own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .map(Inet4Address.class::cast)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .findFirst();
        assumeTrue(own.isPresent(), "this machine has no address but loopback");
        HttpServer server = HttpServer.create(new InetSocketAddress(own.get(), 0), 8);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        String host = own.get().getHostAddress();
        String registry = host + ":" + server.getAddress().getPort();
        try {
            assertThat(ask(registry, RegistrySettings.builder().insecure(registry))
                            .verdict())
                    .isEqualTo(Verdict.OK);
            assertThat(ask(registry, RegistrySettings.builder().insecure(host)).verdict())
                    .isEqualTo(Verdict.OK);
            assertThat(ask(registry, RegistrySettings.builder().insecure("other.example.com"))
                            .verdict())
                    .isIn(Verdict.TLS, Verdict.UNREACHABLE);
        } finally {
            server.stop(0);
        }
    }

    /**
     * The answer to https shows that the registry speaks plain http, and the answer to http is too slow: the TLS of the
     * registry is not the problem.
     */
    @Test
    void shouldNotTakeASlowPlainRegistryForOneWithoutTls() throws IOException {
        try (RawServer slow = new RawServer(RawServer.plain(Attack.SILENCE))) {
            String registry = slow.url().getAuthority();
            assertThat(ask(registry, RegistrySettings.builder().insecure(registry)))
                    .extracting(Answer::verdict, Answer::message)
                    .containsExactly(Verdict.UNREACHABLE, "i/o timeout after 3 s");
        }
    }

    private static Answer ask(String registry, RegistrySettings.Builder settings) {
        try (RegistryProbe probe =
                new RegistryProbe(settings.timeout(Duration.ofSeconds(3)).build())) {
            return probe.ask(ImageReference.parse(registry + "/team/image:v1"), Optional.empty());
        }
    }
}
