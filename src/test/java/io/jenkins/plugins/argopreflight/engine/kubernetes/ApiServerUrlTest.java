package io.jenkins.plugins.argopreflight.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServerUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com",
                "https://api.example.com:6443/",
                "HTTPS://API.example.com.:443",
                "http://127.0.0.1:8001",
                "https://[2001:db8::1]:6443",
                "https://[::ffff:10.0.0.1]",
                "https://k3s_server:6443",
                "https://rancher.example.com/k8s/clusters/c-m-7x2v9",
                "https://teleport.example.com/v1/teleport/YQ==/b%2Fc",
                "https://x",
                "https://host:1",
                "https://host:65535"
            })
    void shouldAcceptWhatLeadsToAnApiServer(String url) {
        assertThat(ApiServerUrl.problem(url)).isEmpty();
        assertThatCode(() -> URI.create(url).toURL()).doesNotThrowAnyException();
        assertThat(okhttp3.HttpUrl.parse(url)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | does not begin with https://",
                "' ' | does not begin with https://",
                "api.example.com:6443 | does not begin with https://",
                "//api.example.com | does not begin with https://",
                "https:api.example.com | does not begin with https://",
                "htp://api.example.com | does not begin with https://",
                "file:///etc/passwd | does not begin with https://",
                "ftp://host | does not begin with https://",
                "jar:file:/x!/y | does not begin with https://",
                "' https://host' | does not begin with https://",
                "https:// | is not the URL",
                "https:///x | is not the URL",
                "https://:6443 | is not the URL",
                "https://[::1 | is not the URL",
                "https://::1 | is not the URL",
                "https://[::1]x | is not the URL",
                "https://[::::] | is not the URL",
                "https://[fe80::1%25eth0] | is not the URL",
                "https://[1.2.3.4] | is not the URL",
                "https://[] | is not the URL",
                "https://a b | is not the URL",
                "https://host/a b | is not the URL",
                "https://host\\x | is not the URL",
                "https://host:6443\\@evil | must hold no user",
                "https://-host | is not the URL",
                "https://ho..st | is not the URL",
                "https://host: | is not the URL",
                "https://host:abc | is not the URL",
                "https://host:-1 | is not the URL",
                "https://host:+443 | is not the URL",
                "https://host:443:443 | is not the URL",
                "https://host:999999 | is not the URL",
                "https://host:99999 | has the port 99999, which is not from 1 to 65535",
                "https://host:0 | has the port 0, which is not from 1 to 65535",
                "https://exämple.com | is not the URL",
                "https://ex\u200bample.com | is not the URL",
                "https://host/\u202e | is not the URL",
                "https://host\u3002com | is not the URL",
                "https://host/%zz | is not the URL",
                "https://host/% | is not the URL",
                "https://host/a/../b | is not the URL",
                "https://host/.. | is not the URL",
                "https://host/. | is not the URL",
                "https://host/${x} | is not the URL",
                "https://user:canary@host | must hold no user, query or fragment",
                "https://@host | must hold no user, query or fragment",
                "https://host?x=canary | must hold no user, query or fragment",
                "https://host/#x | must hold no user, query or fragment"
            })
    void shouldReportInOneSentenceWhatIsWrong(String url, String problem) {
        assertThat(ApiServerUrl.problem(url).orElseThrow())
                .startsWith(problem)
                .endsWith("; write https://host[:port]")
                .hasLineCount(1)
                .doesNotContain("canary");
    }

    @Test
    void shouldRefuseControlCharactersAndEndlessText() {
        for (String odd : new String[] {"\n", "\r\nHost: evil", "\0", "\t", "/\u0007", "a".repeat(64)}) {
            assertThat(ApiServerUrl.problem("https://host" + odd)).isPresent();
        }
        assertThat(ApiServerUrl.problem("https://" + "a.".repeat(2000)).orElseThrow())
                .startsWith("is longer than 2048 characters");
        assertThat(ApiServerUrl.problem("https://" + "a.".repeat(200))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com, HTTPS://API.example.com:443/, true",
        "http://api.example.com:80, http://api.example.com, true",
        "https://api.example.com/k8s/Prod/, https://api.example.com/k8s/Prod, true",
        "https://[2001:db8::1], https://[2001:DB8::1]:443, true",
        "https://api.example.com:6443, https://api.example.com.:06443, true",
        "https://[fd00::1]:6443, https://[fd00:0::1]:6443, true",
        "https://api.example.com/k8s/Prod, https://api.example.com/k8s/prod, false",
        "https://api.example.com, http://api.example.com, false",
        "https://api.example.com, https://api.example.com:6443, false",
        "https://api.example.com, https://api.example.com.evil.example, false",
        "https://api.example.com, https://api.example.com/k8s, false",
        "https://api.example.com, https://user@api.example.com, false",
        "'', '', false"
    })
    void shouldCompareServers(String one, String other, boolean same) {
        assertThat(ApiServerUrl.isSame(one, other)).isEqualTo(same);
        assertThat(ApiServerUrl.isSame(other, one)).isEqualTo(same);
    }
}
