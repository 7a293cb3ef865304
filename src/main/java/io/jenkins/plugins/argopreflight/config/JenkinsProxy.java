package io.jenkins.plugins.argopreflight.config;

import hudson.ProxyConfiguration;
import hudson.Util;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterProxy;
import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** The proxy of Manage Jenkins, System, as the engine takes it. */
public final class JenkinsProxy {

    private JenkinsProxy() {}

    /** On the way to a cluster; empty when Jenkins has none. */
    static Optional<ClusterProxy> forClusters() {
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        return Optional.ofNullable(proxy)
                .map(set -> new ClusterProxy(
                        "http://" + set.getName() + ":" + set.getPort(),
                        Util.fixNull(set.getUserName()),
                        Password.of(
                                set.getSecretPassword() == null
                                        ? ""
                                        : set.getSecretPassword().getPlainText()),
                        direct(set)));
    }

    /** On the way to registries, as environment variables; the controller's own when Jenkins has none. */
    static Map<String, String> environment() {
        return forClusters().map(JenkinsProxy::variables).orElseGet(System::getenv);
    }

    private static Map<String, String> variables(ClusterProxy proxy) {
        String login = proxy.username().isEmpty()
                ? ""
                : encode(proxy.username()) + ":" + encode(proxy.password().reveal()) + "@";
        String url = proxy.url().replace("http://", "http://" + login);
        return Map.of("HTTPS_PROXY", url, "HTTP_PROXY", url, "NO_PROXY", String.join(",", proxy.direct()));
    }

    /** Jenkins writes *.example.com where others write .example.com. */
    private static List<String> direct(ProxyConfiguration proxy) {
        return Stream.of(Util.fixNull(proxy.getNoProxyHost()).split("[ \\t\\n,|]+"))
                .map(host -> host.replaceFirst("^\\*\\.", "."))
                .filter(host -> !host.isBlank())
                .toList();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
