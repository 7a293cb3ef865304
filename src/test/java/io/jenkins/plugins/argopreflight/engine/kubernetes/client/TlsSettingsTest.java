package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.registry.Certificates;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.testing.Pem;
import io.jenkins.plugins.argopreflight.testing.server.RawServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** TLS is made of the endpoint's own values, and of nothing that this process has besides. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class TlsSettingsTest {

    private static final String PASSWORD = "changeit";
    private static final String UNKNOWN =
            "x509: certificate signed by unknown authority \"CN=own\"; certificate-authority-data";
    private static final List<String> SEEN = new CopyOnWriteArrayList<>();

    @TempDir
    private static Path folder;

    private static HttpsServer server;
    private static Path own;
    private static String authority;
    private static String other;

    @BeforeAll
    static void start() throws Exception {
        own = store("own", "san=dns:api.example.com", "90");
        authority = Pem.text("CERTIFICATE", load(own).getCertificate("mykey").getEncoded());
        other = Pem.text(
                "CERTIFICATE",
                load(store("other", "san=ip:127.0.0.1", "90"))
                        .getCertificate("mykey")
                        .getEncoded());
        server = serve(own);
    }

    private static HttpsServer serve(Path certificate) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(certificate), PASSWORD.toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore clients = KeyStore.getInstance("PKCS12");
        clients.load(null, null);
        clients.setCertificateEntry("own", load(own).getCertificate("mykey"));
        trusted.init(clients);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/", exchange -> {
            ExtendedSSLSession session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
            String client;
            try {
                client = session.getPeerPrincipal().getName();
            } catch (SSLPeerUnverifiedException e) {
                client = "nobody";
            }
            SEEN.add(client + " asks for " + session.getRequestedServerNames());
            byte[] body = "{\"gitVersion\":\"v1.34.4\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static Path store(String name, String extension, String validity) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Certificates.generate(
                file.toFile(), PASSWORD, "mykey", name, extension, "-startdate", "-10d", "-validity", validity);
        return file;
    }

    private static KeyStore load(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static String ask(Trust trust, ClusterLogin login) {
        return ask(server.getAddress().getPort(), trust, login);
    }

    private static String ask(int port, Trust trust, ClusterLogin login) {
        SEEN.clear();
        ClusterEndpoint endpoint = ClusterEndpoint.of("test", "https://127.0.0.1:" + port, trust, login);
        try (Fabric8Gateway gateway = Fabric8Gateway.connect(ClusterConnection.DEFAULT.to(endpoint))) {
            gateway.version();
            return SEEN.get(0);
        }
    }

    private static void shouldRefuse(Trust trust, String message) {
        shouldRefuse(server.getAddress().getPort(), trust, message);
    }

    private static void shouldRefuse(int port, Trust trust, String message) {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> ask(port, trust, ClusterLogin.anonymous()))
                .withMessageStartingWith("https://127.0.0.1:" + port + ": " + message)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ClusterException.Kind.TLS));
        assertThat(SEEN).isEmpty();
    }

    @Test
    void shouldAskForTheServerNameAndCheckIt() {
        assertThat(ask(new Trust(authority, false, "api.example.com"), ClusterLogin.anonymous()))
                .isEqualTo("nobody asks for [type=host_name (0), value=api.example.com]");
        shouldRefuse(new Trust(authority, false, ""), "x509: certificate is valid for other names");
        shouldRefuse(new Trust(authority, false, "evil.example.com"), "x509: certificate is valid for other names");
        shouldRefuse(new Trust(other, false, "api.example.com"), UNKNOWN);
        shouldRefuse(new Trust("", false, "api.example.com"), UNKNOWN);
        assertThat(ask(new Trust("", true, ""), ClusterLogin.anonymous())).startsWith("nobody");
    }

    @Test
    void shouldReportAnExpiredCertificateOfAnyIssuer() throws Exception {
        Path old = store("old", "san=ip:127.0.0.1", "5");
        HttpsServer expired = serve(old);
        try {
            String issuer =
                    Pem.text("CERTIFICATE", load(old).getCertificate("mykey").getEncoded());
            for (String trusted : List.of(issuer, other)) {
                shouldRefuse(
                        expired.getAddress().getPort(), new Trust(trusted, false, ""), "x509: certificate has expired");
            }
        } finally {
            expired.stop(0);
        }
    }

    @Test
    void shouldReportPlainHttpWhereHttpsIsExpected() throws Exception {
        try (RawServer plain = new RawServer(RawServer.plain((request, out) -> {}))) {
            shouldRefuse(
                    plain.url().getPort(),
                    new Trust(authority, false, ""),
                    "http: server gave HTTP response to HTTPS client");
        }
    }

    @Test
    void shouldShowTheClientCertificateOfTheEndpoint() throws Exception {
        String key = Pem.text(
                "PRIVATE KEY", load(own).getKey("mykey", PASSWORD.toCharArray()).getEncoded());
        assertThat(ask(
                        new Trust(authority, false, "api.example.com"),
                        ClusterLogin.certificate(authority, Password.of(key))))
                .startsWith("CN=own asks");
    }

    /** The client library would use the key store and the trust store of this process; the gateway prevents this. */
    @Test
    void shouldTakeNothingOfThisProcess() {
        withProperty(
                "javax.net.ssl.keyStore",
                () -> withProperty("javax.net.ssl.trustStore", () -> {
                    shouldRefuse(new Trust(other, false, "api.example.com"), UNKNOWN);
                    assertThat(ask(new Trust(authority, false, "api.example.com"), ClusterLogin.anonymous()))
                            .startsWith("nobody asks");
                }));
    }

    private static void withProperty(String name, Runnable test) {
        System.setProperty(name, own.toString());
        System.setProperty(name + "Password", PASSWORD);
        try {
            test.run();
        } finally {
            System.clearProperty(name);
            System.clearProperty(name + "Password");
        }
    }

    @Test
    void shouldReportInOneSentenceWhatIsNoCertificateOrKey() {
        for (String odd : List.of("canary", "-----BEGIN CERTIFICATE-----\ncanary\n-----END CERTIFICATE-----")) {
            assertThatExceptionOfType(KubeconfigException.class)
                    .isThrownBy(() -> ask(new Trust(odd, false, ""), ClusterLogin.anonymous()))
                    .withMessage("the certificate authority of test cannot be read: it must be a PEM certificate");
            assertThatExceptionOfType(KubeconfigException.class)
                    .isThrownBy(
                            () -> ask(new Trust("", true, ""), ClusterLogin.certificate(odd, Password.of("canary"))))
                    .withMessageContaining("the client certificate of test cannot be read");
        }
        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(
                        () -> ask(new Trust("", true, ""), ClusterLogin.certificate(authority, Password.of("canary"))))
                .withMessageContaining("the client key of test cannot be read")
                .withMessageNotContaining("canary");
    }
}
