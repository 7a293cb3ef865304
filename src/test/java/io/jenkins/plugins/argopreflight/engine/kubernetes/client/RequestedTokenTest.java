package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.SECRETS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity.ServiceAccount;
import io.jenkins.plugins.argopreflight.engine.kubernetes.IssuedTokens;
import io.jenkins.plugins.argopreflight.engine.kubernetes.TokenAccount;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.ConnectionResolver.Target;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.testing.SetClock;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestedTokenTest {

    private static final ServiceAccount ACCOUNT = new ServiceAccount("jenkins", "argo-preflight");
    private static final ClusterLogin BOOTSTRAP = ClusterLogin.token(Password.of("canary-bootstrap"));

    private final SetClock clock = new SetClock();
    private final IssuedTokens tokens = new IssuedTokens(clock);

    private IssuingApiServer server;

    @BeforeEach
    void start() throws IOException {
        server = new IssuingApiServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Fabric8Gateway connect(ClusterLogin login) {
        return Fabric8Gateway.connect(server.connection(login).withTokensOf(TokenAccount.of(ACCOUNT, tokens, "prod")));
    }

    private void read(ClusterLogin login) {
        try (Fabric8Gateway gateway = connect(login)) {
            assertThat(gateway.get(SECRETS, "ci", "regcred")).isPresent();
        }
    }

    private ClusterException failure() {
        return catchThrowableOfType(ClusterException.class, () -> read(BOOTSTRAP));
    }

    @Test
    void shouldUseTheLoginForTheTokenOnlyAndTheTokenForAllElse() {
        read(BOOTSTRAP);
        read(BOOTSTRAP);

        assertThat(server.requests)
                .containsExactly(
                        "POST " + IssuingApiServer.PATH + " Bearer canary-bootstrap {\"apiVersion\":"
                                + "\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\","
                                + "\"spec\":{\"expirationSeconds\":3600}}",
                        "GET /api/v1/namespaces/ci/secrets/regcred Bearer issued-1",
                        "GET /api/v1/namespaces/ci/secrets/regcred Bearer issued-1");
    }

    /** An API server prefers a client certificate to a token. */
    @Test
    void shouldShowTheCertificateOnlyWhereTheTokenIsRequested() {
        ClusterConnection connection =
                server.connection(ClusterLogin.certificate("-----BEGIN CERTIFICATE-----", Password.of("canary-key")));
        Target first = ConnectionResolver.ofProcess().resolve(connection);

        Target second = Fabric8Gateway.withTokens(TokenAccount.of(ACCOUNT, tokens, "prod"), first, connection);

        assertThat(first.endpoint().login().certificate()).isPresent();
        assertThat(second.endpoint().login().certificate()).isEmpty();
        assertThat(second.endpoint().login().header()).isInstanceOf(ClusterLogin.Bearer.class);
        assertThat(second.endpoint().server()).isEqualTo(first.endpoint().server());
        assertThat(server.requests).isEmpty();
    }

    @Test
    void shouldRenewByTheExpiryThatTheServerGranted() {
        server.expiry = "2020-01-01T10:10:00Z";
        read(BOOTSTRAP);
        clock.advance(Duration.ofMinutes(7));
        read(BOOTSTRAP);
        assertThat(server.tokenRequests()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(1));
        read(BOOTSTRAP);
        assertThat(server.tokenRequests()).isEqualTo(2);
        assertThat(server.requests).last().asString().endsWith("Bearer issued-2");
    }

    @Test
    void shouldRequestAnotherTokenOnceWhenTheServerRefusesIt() {
        read(BOOTSTRAP);
        server.revoke();
        clock.advance(Duration.ofMinutes(1));

        read(BOOTSTRAP);

        assertThat(server.tokenRequests()).isEqualTo(2);
        assertThat(server.requests).hasSize(5).last().asString().endsWith("Bearer issued-3");
    }

    @Test
    void shouldNotGoOnRequestingTokensOfAServerThatRefusesThemAll() {
        server.refusing = true;
        for (int i = 0; i < 5; i++) {
            assertThat(failure().kind()).isEqualTo(Kind.UNAUTHORIZED);
        }
        assertThat(server.tokenRequests()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(1));
        assertThat(failure()).isNotNull();
        assertThat(server.tokenRequests()).isEqualTo(2);
    }

    @Test
    void shouldGiveATokenOnlyToTheSameLogin() {
        read(BOOTSTRAP);
        read(ClusterLogin.token(Password.of("another")));
        read(ClusterLogin.basic("canary-bootstrap", Password.of("")));
        read(ClusterLogin.anonymous());

        assertThat(server.tokenRequests()).isEqualTo(4);
    }

    @Test
    void shouldRequestOneTokenForManyRequestsAtATime() {
        try (Fabric8Gateway gateway = connect(BOOTSTRAP)) {
            assertThat(IntStream.range(0, 64)
                            .parallel()
                            .filter(i -> gateway.get(SECRETS, "ci", "regcred").isPresent()))
                    .hasSize(64);
        }
        assertThat(server.tokenRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | the credential that requests it is not allowed to create serviceaccounts/token"
                        + " \"argo-preflight\" in namespace jenkins; see docs/rbac/bootstrap.yaml",
                "401 | the server does not accept the credential that requests it; replace the credential",
                "404 | the ServiceAccount does not exist; see docs/rbac/identity.yaml",
            })
    void shouldReportWhatIsMissingInASentence(int code, String sentence) {
        server.code = code;
        server.refusal = "{\"kind\":\"Status\",\"code\":%d,\"message\":\"canary-answer\"}".formatted(code);

        assertThat(failure())
                .hasMessage("No token for ServiceAccount jenkins/argo-preflight: " + sentence)
                .extracting(ClusterException::kind)
                .isEqualTo(Kind.UNAUTHORIZED);
        assertThat(failure()).isNotNull();
        assertThat(server.tokenRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>canary</html>",
                "{}",
                "{\"token\": \"canary\"}",
                "{\"kind\": \"TokenRequest\", \"status\": {\"expirationTimestamp\": \"2020-01-01T11:00:00Z\"}}",
                "{\"kind\": \"Status\", \"status\": {\"token\": \"canary\","
                        + " \"expirationTimestamp\": \"2020-01-01T11:00:00Z\"}}",
                "{\"kind\": \"TokenRequest\", \"status\": {\"token\": \"canary\"}}",
                "{\"kind\": \"TokenRequest\", \"status\": {\"token\": \"canary\", \"expirationTimestamp\": \"soon\"}}",
                "{\"kind\": \"TokenRequest\", \"status\": {\"token\": {\"a\": \"canary\"}}}",
            })
    void shouldTakeATokenOnlyFromAWholeTokenRequest(String answer) {
        server.refusal = answer;

        assertThat(failure())
                .hasMessageStartingWith("No token for ServiceAccount jenkins/argo-preflight: ")
                .hasMessageNotContaining("canary");
        assertThat(server.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2019-12-31T00:00:00Z", "2020-01-01T10:00:01Z"})
    void shouldNotRequestATokenForEachRequestWhenClocksDiffer(String expiry) {
        server.expiry = expiry;
        read(BOOTSTRAP);
        read(BOOTSTRAP);
        assertThat(server.tokenRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "jenkins/argo-preflight, true",
        "a/b.c-d, true",
        "argo-preflight, false",
        "jenkins/, false",
        "/argo-preflight, false",
        "jenkins/a/b, false",
        "jenkins/../x, false",
        "Jenkins/a, false",
        "jen.kins/a, false",
        "jenkins/a?b, false",
    })
    void shouldParseANamespaceAndAName(String written, boolean valid) {
        assertThat(TokenAccount.parse(written).map(account -> account.namespace() + "/" + account.name()))
                .isEqualTo(valid ? Optional.of(written) : Optional.empty());
    }
}
