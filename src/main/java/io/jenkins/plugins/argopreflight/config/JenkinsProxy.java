package io.jenkins.plugins.argopreflight.config;

import hudson.ProxyConfiguration;
import hudson.Util;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterProxy;
import io.jenkins.plugins.argopreflight.engine.http.Proxies;
import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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
                        direct(set.getNoProxyHostPatterns())));
    }

    /** On the way to registries; those of the controller's environment when Jenkins has none. */
    static Proxies forRegistries() {
        return forClusters().map(JenkinsProxy::proxies).orElseGet(() -> Proxies.of(System.getenv()));
    }

    private static Proxies proxies(ClusterProxy proxy) {
        String login = proxy.username().isEmpty()
                ? ""
                : encode(proxy.username()) + ":" + encode(proxy.password().reveal()) + "@";
        String url = proxy.url().replace("http://", "http://" + login);
        return Proxies.of(Map.of("HTTPS_PROXY", url, "HTTP_PROXY", url), proxy.direct());
    }

    /** As Jenkins itself: one of the patterns matches the whole host. */
    static Predicate<URI> direct(List<Pattern> hosts) {
        return url -> url.getHost() != null
                && hosts.stream().anyMatch(host -> host.matcher(url.getHost()).matches());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
