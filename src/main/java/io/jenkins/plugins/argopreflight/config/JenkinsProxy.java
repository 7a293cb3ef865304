package io.jenkins.plugins.argopreflight.config;

import hudson.ProxyConfiguration;
import hudson.Util;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterProxy;
import io.jenkins.plugins.argopreflight.engine.util.http.Proxies;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/** The proxy that an administrator set for Jenkins, converted for connections to clusters and registries. */
public final class JenkinsProxy {

    private JenkinsProxy() {}

    /** Returns the proxy for connections to clusters; empty if Jenkins has none. */
    static Optional<ClusterProxy> forClusters() {
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        return Optional.ofNullable(proxy)
                .map(configured -> new ClusterProxy(
                        "http://" + configured.getName() + ":" + configured.getPort(),
                        Util.fixNull(configured.getUserName()),
                        Password.of(
                                configured.getSecretPassword() == null
                                        ? ""
                                        : configured.getSecretPassword().getPlainText()),
                        directCondition(configured.getNoProxyHostPatterns())));
    }

    /**
     * Returns the proxies for connections to registries; those of the controller's environment if Jenkins has no proxy.
     */
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

    /**
     * Returns the condition under which a URL is used without a proxy. As in Jenkins, a pattern must match the whole
     * host.
     */
    static Predicate<URI> directCondition(List<Pattern> directHosts) {
        return url -> url.getHost() != null
                && directHosts.stream()
                        .anyMatch(host -> host.matcher(url.getHost()).matches());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
