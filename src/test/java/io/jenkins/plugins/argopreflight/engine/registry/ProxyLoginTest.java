package io.jenkins.plugins.argopreflight.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProxyLoginTest {

    @Test
    void shouldAskThroughTheProxyAndIdentifyItself() {
        try (Loopback proxy = new Loopback(exchange -> {
            String identity = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
            boolean known = "Basic dGVhbTpwcjB4eSBzM2NyZXQ=".equals(identity);
            Loopback.answer(exchange, known ? 200 : 407, Map.of("Proxy-Authenticate", "Basic"), "");
        })) {
            Answer answer = throughProxy("http://team:pr0xy%20s3cret@127.0.0.1:" + proxy.port());
            assertThat(answer.verdict()).isEqualTo(Verdict.OK);
            assertThat(proxy.seen().get(0).path()).isEqualTo("/v2/team/image/manifests/v1");

            Answer refused = throughProxy("http://127.0.0.1:" + proxy.port());
            assertThat(refused.verdict()).isEqualTo(Verdict.UNREACHABLE);
            assertThat(refused.explanation())
                    .contains("the proxy 127.0.0.1:" + proxy.port() + " wants user and password");
        }
    }

    /** Asks a registry by plain http, since a tunnel would need certificates for any name. */
    private static Answer throughProxy(String proxy) {
        RegistrySettings settings = RegistrySettings.builder()
                .address("registry.example.com", URI.create("http://registry.internal"))
                .environment(Map.of("http_proxy", proxy))
                .build();
        try (RegistryProbe probe = new RegistryProbe(settings)) {
            return probe.ask(
                    ImageReference.parse("registry.example.com/team/image:v1"),
                    Optional.of(new Login("team", Password.of("s3cret-word"))));
        }
    }
}
