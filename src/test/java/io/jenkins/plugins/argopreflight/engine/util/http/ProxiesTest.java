package io.jenkins.plugins.argopreflight.engine.util.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {

    private static final String PROXY = "http://team:pr0xy-s3cret@proxy.example.com:3128";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                   | https://registry.example.com         | true",
                "*                    | https://registry.example.com         | false",
                "example.com          | https://registry.example.com         | false",
                "example.com          | https://example.com                  | false",
                "example.com          | https://myexample.com                | true",
                ".example.com         | https://registry.example.com         | false",
                ".example.com         | https://example.com                  | true",
                "*.example.com        | https://a.b.example.com              | false",
                "EXAMPLE.com          | https://registry.example.COM         | false",
                "a.com, example.com   | https://registry.example.com         | false",
                "example.com:5000     | https://registry.example.com:5000    | false",
                "example.com:5000     | https://registry.example.com         | true",
                "example.com:443      | https://registry.example.com         | false",
                "10.0.0.0/8           | https://10.1.2.3:5000                | false",
                "10.0.0.0/8           | https://11.1.2.3                     | true",
                "10.0.0.0/8           | https://ten.example.com              | true",
                "10.1.2.3             | https://10.1.2.3                     | false",
                "10.1.2.3:80          | https://10.1.2.3                     | true",
                "fd00::/8             | https://[fd12::1]:5000               | false",
                "[fd12::1]:5000       | https://[fd12:0::1]:5000             | false",
                "fd12::1              | https://[fd12::1]                    | false",
                "''                   | https://localhost:5000               | false",
                "''                   | https://127.0.0.1:5000               | false",
                "''                   | https://[::1]:5000                   | false",
                "''                   | http://registry.example.com          | false",
            })
    void shouldFollowGoAboutNoProxy(String noProxy, URI url, boolean proxied) {
        Proxies proxies = Proxies.of(Map.of("HTTPS_PROXY", PROXY, "NO_PROXY", noProxy));
        assertThat(proxies.proxyFor(url).isPresent()).isEqualTo(proxied);
        assertThat(Proxies.connection(proxies.proxyFor(url)).address() != null).isEqualTo(proxied);
    }

    @Test
    void shouldReadBothCasesAndIgnoreWhatACgiRequestCouldSet() {
        URI plain = URI.create("http://registry.example.com");
        assertThat(Proxies.of(Map.of("http_proxy", "proxy:1")).proxyFor(plain)).contains(URI.create("http://proxy:1"));
        assertThat(Proxies.of(Map.of("HTTP_PROXY", "a:1", "http_proxy", "b:1")).proxyFor(plain))
                .contains(URI.create("http://a:1"));
        assertThat(Proxies.of(Map.of("HTTP_PROXY", "proxy:1", "REQUEST_METHOD", "GET"))
                        .proxyFor(plain))
                .isEmpty();
        assertThat(Proxies.none().proxyFor(plain)).isEmpty();
    }

    @Test
    void shouldTakeOtherRulesInPlaceOfNoProxy() {
        Proxies proxies = Proxies.of(
                Map.of("HTTPS_PROXY", PROXY, "NO_PROXY", "*"),
                url -> url.getHost().startsWith("10."));
        assertThat(proxies.proxyFor(URI.create("https://registry.example.com"))).isPresent();
        assertThat(proxies.proxyFor(URI.create("https://10.1.2.3"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"socks5://team:pr0xy-s3cret@proxy:1080", "https://proxy:443", "'http://team:pr0xy-s3cret@bad host'"})
    void shouldRefuseOtherProxiesWithoutTheirPassword(String proxy) {
        assertThatThrownBy(() -> Proxies.of(Map.of("HTTPS_PROXY", proxy)))
                .hasMessageContaining("HTTPS_PROXY")
                .hasMessageNotContaining("pr0xy-s3cret")
                .hasNoCause();
    }
}
