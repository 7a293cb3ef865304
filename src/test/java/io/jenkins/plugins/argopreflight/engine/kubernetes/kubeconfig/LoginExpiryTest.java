package io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginExpiryTest {

    private static ClusterLogin token(String claims) {
        String encoded =
                Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return ClusterLogin.token(Password.of("e30." + encoded + ".c2ln"));
    }

    @Test
    void shouldReadTheEndOfAToken() {
        assertThat(LoginExpiry.of(token("{\"exp\": 1790000000}"))).contains(Instant.ofEpochSecond(1790000000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"exp\": \"soon\"}", "no JSON", "{\"exp\": 1e300}", "[]"})
    void shouldKnowNoEndWhereTheTokenSaysNone(String claims) {
        assertThat(LoginExpiry.of(token(claims))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "opaque", "a.b", "a.%.c", "a.b.c.d"})
    void shouldKnowNoEndOfATokenOfAnotherKind(String token) {
        assertThat(LoginExpiry.of(ClusterLogin.token(Password.of(token)))).isEmpty();
    }

    @Test
    void shouldReadTheEndOfACertificate() {
        assertThat(LoginExpiry.of(ClusterLogin.certificate(CERTIFICATE, Password.of("key"))))
                .contains(Instant.parse("2027-11-26T19:27:54Z"));
        assertThat(LoginExpiry.of(ClusterLogin.certificate("none", Password.of("key"))))
                .isEmpty();
        assertThat(LoginExpiry.of(ClusterLogin.anonymous())).isEmpty();
    }

    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBdDCCARmgAwIBAgIUQRLgRjGDs6CilrE3C7ros/Xjj4cwCgYIKoZIzj0EAwIw
            DzENMAsGA1UEAwwEamFuZTAeFw0yNjExMjYxOTI3NTRaFw0yNzExMjYxOTI3NTRa
            MA8xDTALBgNVBAMMBGphbmUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ+ml09
            B7Kr0v0atHWndx0hqSnGrAHPs2RdveLWgZc5+qKxZ7B5gpORfLGLUtbOO0jl4LNq
            DMNudPo0wH6YywcUo1MwUTAdBgNVHQ4EFgQUAbrDSZPKJzRW9YIlv75IwGf4m7Aw
            HwYDVR0jBBgwFoAUAbrDSZPKJzRW9YIlv75IwGf4m7AwDwYDVR0TAQH/BAUwAwEB
            /zAKBggqhkjOPQQDAgNJADBGAiEAjqKMR4ID9mEMBvH5eoYwnDCZ9djhh1rvesN2
            twvrZRQCIQD1wFFAveDlJazNqU76r8jidw2/C/bP8LHfPZ8goEavfA==
            -----END CERTIFICATE-----
            """;
}
