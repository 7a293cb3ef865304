package io.jenkins.plugins.argopreflight.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.testing.server.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    private static final ImageReference IMAGE = ImageReference.parse("registry.example.com/team/image:v1");
    private static final Optional<Login> LOGIN = Optional.of(new Login("team", Password.of("s3cret-word")));

    @TempDir
    static Path folder;

    private static Certificates certificates;
    private static HttpsServer good;
    private static HttpsServer wrongHost;
    private static HttpsServer expired;
    private static HttpsServer unknown;

    @BeforeAll
    static void start() throws Exception {
        certificates = new Certificates(folder);
        good = serve(certificates.signed("good", "ip:127.0.0.1,dns:registry.example.com"));
        wrongHost = serve(certificates.signed("other", "dns:other.example.com"));
        expired = serve(certificates.signed("old", "ip:127.0.0.1", "-startdate", "-10d", "-validity", "5"));
        unknown = serve(certificates.selfSigned("unknown", "ip:127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        for (HttpsServer server : new HttpsServer[] {good, wrongHost, expired, unknown}) {
            server.stop(0);
        }
    }

    @Test
    void shouldTrustACustomAuthority() {
        assertThat(ask(builder(good).authority(certificates.authority())).verdict())
                .isEqualTo(Verdict.OK);
    }

    @Test
    void shouldNameTheUnknownAuthority() {
        Answer answer = ask(builder(unknown));
        assertThat(answer.verdict()).isEqualTo(Verdict.TLS);
        assertThat(answer.message()).isEqualTo("x509: certificate signed by unknown authority");
        assertThat(answer.explanation()).contains("CN=unknown", "--registry-ca", "on every node");
        assertThat(ask(builder(good)).explanation()).contains("CN=Team Root CA");
    }

    @Test
    void shouldReportAWrongHostName() {
        Answer answer = ask(builder(wrongHost).authority(certificates.authority()));
        assertThat(answer.verdict()).isEqualTo(Verdict.TLS);
        assertThat(answer.message()).contains("certificate is valid for other names");
    }

    @Test
    void shouldReportAnExpiredCertificate() {
        Answer answer = ask(builder(expired).authority(certificates.authority()));
        assertThat(answer.verdict()).isEqualTo(Verdict.TLS);
        assertThat(answer.message()).isEqualTo("x509: certificate has expired");
        assertThat(ask(builder(expired)).message()).isEqualTo("x509: certificate has expired");
    }

    @Test
    void shouldReportPlainHttpWhereHttpsIsExpected() throws IOException {
        try (RawServer plain = new RawServer(RawServer.plain((request, out) -> {}))) {
            Answer answer = ask(RegistrySettings.builder()
                    .address(
                            "registry.example.com",
                            URI.create("https://" + plain.url().getAuthority())));
            assertThat(answer.verdict()).isEqualTo(Verdict.TLS);
            assertThat(answer.message()).isEqualTo("http: server gave HTTP response to HTTPS client");
            assertThat(answer.explanation()).contains("plain HTTP for registry.example.com here (--insecure-registry)");
        }
    }

    @Test
    void shouldNotVerifyWhatIsInsecureByName() {
        assertThat(ask(builder(unknown).insecure("registry.example.com")).verdict())
                .isEqualTo(Verdict.OK);
        assertThat(ask(builder(wrongHost).insecure("registry.example.com")).verdict())
                .isEqualTo(Verdict.OK);
        assertThat(ask(builder(expired).insecure("Registry.Example.com")).verdict())
                .isEqualTo(Verdict.OK);
        assertThat(ask(builder(unknown).insecure("other.example.com")).verdict())
                .isEqualTo(Verdict.TLS);
    }

    @Test
    void shouldReachLoopbackByHttpsOrPlainHttp() {
        try (Loopback plain = new Loopback(e -> Loopback.answer(e, 200, Map.of(), "{}"))) {
            assertThat(ask("127.0.0.1:" + plain.port(), RegistrySettings.builder())
                            .verdict())
                    .isEqualTo(Verdict.OK);
            assertThat(ask("localhost:" + plain.port(), RegistrySettings.builder())
                            .verdict())
                    .isEqualTo(Verdict.OK);
        }
        assertThat(ask(
                                "127.0.0.1:" + good.getAddress().getPort(),
                                RegistrySettings.builder().authority(certificates.authority()))
                        .verdict())
                .isEqualTo(Verdict.OK);
        assertThat(ask("127.0.0.1:" + good.getAddress().getPort(), RegistrySettings.builder())
                        .message())
                .isEqualTo("x509: certificate signed by unknown authority");
    }

    @Test
    void shouldTunnelThroughAProxy() throws IOException {
        try (TunnelProxy proxy = new TunnelProxy(good.getAddress().getPort(), false)) {
            assertThat(ask(proxied(proxy, "")).verdict()).isEqualTo(Verdict.OK);
            assertThat(proxy.requests()).hasSize(1).allMatch(r -> r.startsWith("CONNECT registry.example.com:443 "));
        }
    }

    @Test
    void shouldLogInAtAProxyBeforeTheTunnel() throws IOException {
        try (TunnelProxy proxy = new TunnelProxy(good.getAddress().getPort(), true)) {
            assertThat(ask(proxied(proxy, "team:pr0xy-s3cret@")).verdict()).isEqualTo(Verdict.OK);
            assertThat(proxy.requests())
                    .singleElement(STRING)
                    .containsIgnoringCase("Proxy-Authorization: Basic dGVhbTpwcjB4eS1zM2NyZXQ=");
        }
    }

    @Test
    void shouldReportWhatAProxyThatWantsALoginNeeds() throws IOException {
        try (TunnelProxy proxy = new TunnelProxy(good.getAddress().getPort(), true)) {
            Answer answer = ask(proxied(proxy, ""));
            assertThat(answer.verdict()).isEqualTo(Verdict.UNREACHABLE);
            assertThat(answer.message()).isEqualTo("407 Proxy Authentication Required");
            assertThat(answer.explanation())
                    .contains("the proxy 127.0.0.1:" + proxy.port() + " wants user and password");
        }
    }

    private static RegistrySettings.Builder proxied(TunnelProxy proxy, String login) {
        return RegistrySettings.builder()
                .authority(certificates.authority())
                .environment(Map.of("HTTPS_PROXY", "http://" + login + "127.0.0.1:" + proxy.port()));
    }

    @Test
    void shouldSayWhichFileHoldsNoCertificate() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
        assertThatThrownBy(() -> RegistrySettings.builder().authority(empty))
                .hasMessageContaining("empty.pem")
                .hasMessageContaining("BEGIN CERTIFICATE");
        assertThatThrownBy(() -> RegistrySettings.builder().authority(folder.resolve("absent.pem")))
                .hasMessageContaining("absent.pem");
    }

    private static RegistrySettings.Builder builder(HttpsServer server) {
        return RegistrySettings.builder()
                .address(
                        "registry.example.com",
                        URI.create("https://127.0.0.1:" + server.getAddress().getPort()));
    }

    private static Answer ask(RegistrySettings.Builder settings) {
        try (RegistryProbe probe = new RegistryProbe(settings.build())) {
            return probe.ask(IMAGE, LOGIN);
        }
    }

    private static Answer ask(String registry, RegistrySettings.Builder settings) {
        try (RegistryProbe probe = new RegistryProbe(settings.build())) {
            return probe.ask(ImageReference.parse(registry + "/team/image:v1"), LOGIN);
        }
    }

    private static HttpsServer serve(SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
        return server;
    }
}
