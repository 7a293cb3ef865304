package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ApiServerUrl;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterProxy;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterSource;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.util.http.Proxies;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The resolver of a connection to its endpoint. The environment is used only for settings that the connection does not
 * have.
 */
final class ConnectionResolver {

    private final Map<String, String> environment;
    private final Path home;
    private final Path pod;

    /**
     * The result for a connection.
     *
     * @param guarded whether another person can have written the endpoint, so that its addresses are restricted
     */
    record Target(ClusterEndpoint endpoint, Optional<ClusterProxy> proxy, boolean guarded) {

        /** Returns the route of requests to a URL of the target. */
        ServerRoute server(String url) {
            return new ServerRoute(
                    url, proxy.map(ClusterProxy::name), endpoint.trust().advice());
        }

        /** Returns the same server with this login in place of the previous header, certificate and impersonation. */
        Target withLogin(ClusterLogin login) {
            return new Target(endpoint.withLogin(login), proxy, guarded);
        }
    }

    /**
     * Creates a resolver.
     *
     * @param home the folder where {@code .kube/config} can be
     * @param pod the folder where a pod's ServiceAccount is mounted
     */
    ConnectionResolver(Map<String, String> environment, Path home, Path pod) {
        this.environment = environment;
        this.home = home;
        this.pod = pod;
    }

    /** Returns a resolver with the settings of this process. */
    static ConnectionResolver ofProcess() {
        return new ConnectionResolver(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                Path.of(File.separator, "var", "run", "secrets", "kubernetes.io", "serviceaccount"));
    }

    Target resolve(ClusterConnection connection) {
        ClusterEndpoint endpoint;
        Optional<ClusterProxy> proxy = connection.proxy();
        boolean guarded = false;
        if (connection.source() instanceof ClusterSource.Endpoint given) {
            endpoint = given.endpoint();
            guarded = true;
        } else if (connection.source() instanceof ClusterSource.Files files
                && !files(files).isEmpty()) {
            OwnKubeconfigs own = OwnKubeconfigs.of(files(files), connection.context(), connection.programs());
            endpoint = own.endpoint();
            // As in kubectl, the kubeconfig's proxy-url applies whatever NO_PROXY is.
            proxy = proxy.or(() -> own.proxyUrl().map(url -> proxy(url, server -> false)));
        } else {
            endpoint = inPod();
        }
        ApiServerUrl.problem(endpoint.server()).ifPresent(problem -> {
            throw new KubeconfigException("the server URL of " + endpoint.origin() + " " + problem);
        });
        URI server = URI.create(endpoint.server());
        Optional<ClusterProxy> proxyToUse = proxy.or(() -> proxyFor(server)).filter(found -> found.isFor(server));
        return new Target(impersonating(endpoint, connection), proxyToUse, guarded);
    }

    private static ClusterEndpoint impersonating(ClusterEndpoint endpoint, ClusterConnection connection) {
        return connection.as().isEmpty()
                ? endpoint
                : new ClusterEndpoint(
                        endpoint.origin(),
                        endpoint.server(),
                        endpoint.trust(),
                        endpoint.login(),
                        endpoint.namespace(),
                        connection.as(),
                        connection.impersonatedGroups());
    }

    /**
     * Returns the kubeconfig files as kubectl does: the files of $KUBECONFIG that exist, or all of them if none exists.
     */
    private List<Path> files(ClusterSource.Files source) {
        if (!source.kubeconfigs().isEmpty()) {
            return source.kubeconfigs();
        }
        String variable = environment.getOrDefault("KUBECONFIG", "");
        if (!variable.isEmpty()) {
            List<Path> named = Stream.of(variable.split(File.pathSeparator))
                    .filter(name -> !name.isBlank())
                    .map(Path::of)
                    .toList();
            List<Path> present = named.stream().filter(Files::exists).toList();
            return present.isEmpty() ? named : present;
        }
        Path standard = home.resolve(".kube").resolve("config");
        boolean inPod = environment.containsKey("KUBERNETES_SERVICE_HOST");
        return Files.exists(standard) || !inPod ? List.of(standard) : List.of();
    }

    private ClusterEndpoint inPod() {
        if (!environment.containsKey("KUBERNETES_SERVICE_HOST")) {
            throw new KubeconfigException("no cluster is given, and this process runs in no pod of one"
                    + " (KUBERNETES_SERVICE_HOST is not set)");
        }
        String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        String namespace = podFile("namespace");
        // Fails here if the pod has no token.
        podFile("token");
        return new ClusterEndpoint(
                "the pod's ServiceAccount",
                "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port,
                Trust.ofSetting(
                        podFile("ca.crt"),
                        /* skipVerify= */ false,
                        "the pod's ServiceAccount (" + pod.resolve("ca.crt") + ")"),
                // The token is rotated while this process runs.
                ClusterLogin.token(() -> Password.of(podFile("token"))),
                namespace,
                "",
                List.of());
    }

    private String podFile(String name) {
        try {
            return Files.readString(pod.resolve(name)).strip();
        } catch (IOException e) {
            throw new KubeconfigException("there is no kubeconfig, and this pod has no " + pod.resolve(name)
                    + " (automountServiceAccountToken?); give --kubeconfig");
        }
    }

    /** Returns the proxy of the environment as kubectl does; empty for a server on this machine. */
    private Optional<ClusterProxy> proxyFor(URI server) {
        String name = "https".equalsIgnoreCase(server.getScheme()) ? "HTTPS_PROXY" : "HTTP_PROXY";
        Predicate<URI> direct = Proxies.noProxy(variable("NO_PROXY").orElse(""));
        return Proxies.isLoopback(server) ? Optional.empty() : variable(name).map(url -> proxy(url, direct));
    }

    /** Returns a proxy with a port: the default port of its scheme if the URL has none. */
    private static ClusterProxy proxy(String written, Predicate<URI> direct) {
        String url = written.contains("://") ? written : "http://" + written;
        String authority = url.replaceFirst("^[^:]*://", "").replaceFirst("/.*$", "");
        if (!authority.matches(".*:[0-9]+")) {
            String port = url.startsWith("https") ? "443" : url.startsWith("socks") ? "1080" : "80";
            url = ApiServerUrl.withoutTrailingSlash(url) + ":" + port;
        }
        return new ClusterProxy(url, "", Password.of(""), direct);
    }

    private Optional<String> variable(String name) {
        String value = environment.getOrDefault(name, environment.getOrDefault(name.toLowerCase(Locale.ROOT), ""));
        return value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }
}
