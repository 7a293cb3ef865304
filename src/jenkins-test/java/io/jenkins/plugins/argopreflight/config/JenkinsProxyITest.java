package io.jenkins.plugins.argopreflight.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ProxyConfiguration;
import java.net.Proxy;
import java.net.URI;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class JenkinsProxyITest {

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "none",
            value = {
                "none; host.corp.org; false",
                "10.*; 10.1.2.3; true",
                "10.*; 110.1.2.3; false",
                "www*.corp.com; www1.corp.com; true",
                "*corp.net; mycorp.net; true",
                "*.corp.net; a.corp.net; true",
                "*.corp.net; corp.net; false",
                "host.corp.org; host.corp.org; true",
                "host.corp.org; a.host.corp.org; false",
                "a.corp.net, b.corp.net|c.corp.net; c.corp.net; true",
            })
    void shouldTakeItWhereJenkinsDoes(String noProxyHost, String host, boolean direct) {
        ProxyConfiguration proxy = new ProxyConfiguration("proxy.corp.com", 3128, "joe", "a b", noProxyHost);
        jenkins.jenkins.proxy = proxy;
        URI url = URI.create("https://" + host + ":6443/v2/");

        assertThat(proxy.createProxy(host).type() == Proxy.Type.DIRECT).isEqualTo(direct);
        assertThat(JenkinsProxy.forClusters().orElseThrow().isFor(url)).isEqualTo(!direct);
        if (direct) {
            assertThat(JenkinsProxy.forRegistries().proxyFor(url)).isEmpty();
        } else {
            assertThat(JenkinsProxy.forRegistries().proxyFor(url))
                    .contains(URI.create("http://joe:a%20b@proxy.corp.com:3128"));
        }
    }
}
