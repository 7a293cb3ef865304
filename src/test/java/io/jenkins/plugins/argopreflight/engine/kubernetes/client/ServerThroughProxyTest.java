package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterProxy;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.registry.Certificates;
import io.jenkins.plugins.argopreflight.engine.registry.Loopback;
import io.jenkins.plugins.argopreflight.engine.registry.TlsWitness;
import io.jenkins.plugins.argopreflight.engine.registry.TunnelProxy;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.render.page.Html;
import io.jenkins.plugins.argopreflight.engine.render.text.PreflightText;
import io.jenkins.plugins.argopreflight.engine.util.http.AddressPolicy;
import io.jenkins.plugins.argopreflight.engine.util.http.AllowedHosts;
import io.jenkins.plugins.argopreflight.engine.util.http.Proxies;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An API server behind a proxy: its name is checked, and the report shows that the proxy resolves the name. */
@ExtendWith(InRun.class)
class ServerThroughProxyTest {

    /** The name of an API server that only a proxy can resolve. */
    private static final String NAME = "api.invalid";

    private static final AddressPolicy PUBLIC = AddressPolicy.publicAnd(AllowedHosts.NONE, line -> "add " + line);

    @TempDir
    private static Path folder;

    private static String authority;
    private static SSLContext certificate;

    private TlsWitness server;
    private TunnelProxy proxy;

    @BeforeAll
    static void sign() throws Exception {
        Certificates certificates = new Certificates(folder);
        authority = Files.readString(certificates.authority());
        certificate = certificates.signed("api", "dns:" + NAME);
    }

    @BeforeEach
    void start() throws IOException {
        server = new TlsWitness(
                certificate,
                exchange -> Loopback.answer(
                        exchange, 200, Map.of("Content-Type", "application/json"), "{\"gitVersion\":\"v1.34.1\"}"));
        proxy = new TunnelProxy(server.port(), false);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void shouldReportTheProxyThatResolvesTheName() {
        try (Fabric8Gateway gateway = Fabric8Gateway.connect(connection(NAME, List.of()))) {
            assertThat(gateway.version()).isEqualTo("v1.34.1");
            assertThat(gateway.proxy()).contains("127.0.0.1:" + proxy.port());
        }
        assertThat(proxy.requests()).singleElement().asString().startsWith("CONNECT " + NAME + ":6443 ");
        assertThat(server.visits()).singleElement().extracting("serverName").isEqualTo(NAME);
    }

    @Test
    void shouldStateInTheReportThatTheProxyResolvesTheName() {
        String workflow = "{apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {name: a}, spec: {}}";
        try (Fabric8Gateway gateway = Fabric8Gateway.connect(connection(NAME, List.of()))) {
            Report report = Remediation.inShell(new Preflight(Fact.known(gateway), new NoRegistry(), 4)
                    .askingRegistries(false)
                    .run(Requests.of(new ManifestReader().read("a.yaml", workflow), "ci", "argo")));

            String way = "through the proxy 127.0.0.1:" + proxy.port() + ", which resolves its name";
            assertThat(new PreflightText(Style.PLAIN).render(report)).contains("The API server is asked " + way + ".");
            assertThat(new Html().render(report)).contains(way);
            assertThat(new PreflightJson()
                            .read(new PreflightJson().render(report))
                            .versions()
                            .proxy())
                    .isEqualTo("127.0.0.1:" + proxy.port());
        }
    }

    @Test
    void shouldNameTheProxyWhenNothingAnswers() throws IOException {
        ClusterConnection connection = connection(NAME, List.of());
        proxy.close();
        try (Fabric8Gateway gateway = Fabric8Gateway.connect(connection)) {
            assertThatExceptionOfType(ClusterException.class)
                    .isThrownBy(gateway::version)
                    .withMessageEndingWith(
                            "; it was asked through the proxy 127.0.0.1:" + proxy.port() + ", which resolves the name");
        }
    }

    @Test
    void shouldReportNoProxyWhereNoneIsUsed() {
        for (String direct : List.of(NAME, ".invalid", "*")) {
            try (Fabric8Gateway gateway = Fabric8Gateway.connect(connection(NAME, List.of("other.test", direct)))) {
                assertThat(gateway.proxy()).isEmpty();
                assertThatExceptionOfType(ClusterException.class)
                        .isThrownBy(gateway::version)
                        .withMessageContaining("no such host")
                        .withMessageNotContaining("proxy");
            }
        }
        assertThat(proxy.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "metadata.google.internal", "10.1.2.3", "127.0.0.1", "[fd00:ec2::254]"})
    void shouldCheckTheNameBeforeTheProxyIsAsked(String host) {
        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(() -> Fabric8Gateway.connect(connection(host, List.of())))
                .withMessageStartingWith("address not allowed: ");
        assertThat(proxy.requests()).isEmpty();
    }

    /** The client would take it by itself, and neither check the server's address nor report who resolves it. */
    @Test
    void shouldTakeNoProxyOfASystemProperty() {
        System.setProperty("https.proxyHost", "127.0.0.1");
        System.setProperty("https.proxyPort", String.valueOf(proxy.port()));
        try (Fabric8Gateway gateway = Fabric8Gateway.connect(direct())) {
            assertThatExceptionOfType(ClusterException.class)
                    .isThrownBy(gateway::version)
                    .withMessageContaining("no such host");
        } finally {
            System.clearProperty("https.proxyHost");
            System.clearProperty("https.proxyPort");
        }
        assertThat(proxy.requests()).isEmpty();
    }

    private ClusterConnection connection(String host, List<String> direct) {
        return to(host).through(new ClusterProxy(
                "http://127.0.0.1:" + proxy.port(), "", Password.of(""), Proxies.noProxy(String.join(",", direct))));
    }

    private ClusterConnection direct() {
        return to(NAME);
    }

    private ClusterConnection to(String host) {
        return ClusterConnection.DEFAULT
                .to(ClusterEndpoint.of(
                        "test", "https://" + host + ":6443", new Trust(authority, false, ""), ClusterLogin.anonymous()))
                .within(PUBLIC);
    }
}
