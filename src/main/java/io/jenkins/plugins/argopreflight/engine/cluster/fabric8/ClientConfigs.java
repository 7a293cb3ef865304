package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterProxy;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterSource;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns our settings into fabric8's, of which nothing is taken from its own environment variables. */
final class ClientConfigs {

    private final Map<String, String> environment;
    private final Path home;
    private final Path pod;

    /**
     * @param home where {@code .kube/config} may be
     * @param pod where a pod's ServiceAccount is mounted
     */
    ClientConfigs(Map<String, String> environment, Path home, Path pod) {
        this.environment = environment;
        this.home = home;
        this.pod = pod;
    }

    /** The settings of this process. */
    static ClientConfigs ofProcess() {
        return new ClientConfigs(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                Path.of(File.separator, "var", "run", "secrets", "kubernetes.io", "serviceaccount"));
    }

    Config of(ClusterConnection connection) {
        Config config = Config.empty();
        if (connection.source() instanceof ClusterSource.Texts texts) {
            kubeconfig(config, connection.withoutExecPlugins(), Kubeconfigs.ofTexts(texts.kubeconfigs()));
        } else if (connection.source() instanceof ClusterSource.Files files
                && !files(files).isEmpty()) {
            kubeconfig(config, connection, Kubeconfigs.of(files(files)));
        } else {
            inPod(config);
        }
        if (!connection.as().isEmpty()) {
            config.setImpersonateUsername(connection.as());
            config.setImpersonateGroups(connection.impersonatedGroups().toArray(String[]::new));
        }
        connection.proxy().ifPresentOrElse(proxy -> proxy(config, proxy), () -> proxy(config));
        config.setUserAgent("argo-preflight");
        config.setRequestRetryBackoffLimit(0);
        config.setConnectionTimeout((int) connection.timeouts().connect().toMillis());
        config.setRequestTimeout((int) connection.timeouts().request().toMillis());
        return config;
    }

    /** As kubectl: of $KUBECONFIG those that exist, and at least one must. */
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

    private static void kubeconfig(Config config, ClusterConnection connection, Kubeconfigs files) {
        NamedContext context = files.context(connection.context());
        files.cluster(context);
        Optional<NamedAuthInfo> user = files.user(context);
        ExecConfig exec = user.map(named -> named.getUser().getExec()).orElse(null);
        if (exec != null && !connection.execPlugins()) {
            throw new KubeconfigException("user \"" + user.get().getName() + "\" in " + files.where()
                    + " gets its credential from the program \"" + exec.getCommand()
                    + "\", which may not be started here; use a token or a client certificate");
        }
        try {
            KubeConfigUtils.merge(config, context.getName(), files.toArray());
        } catch (KubernetesClientException e) {
            throw exec == null
                    ? new KubeconfigException(
                            "context \"" + context.getName() + "\": a certificate or key cannot be read")
                    : noCredential(user.get(), exec);
        }
        EcKeys.adapt(config);
        if (exec != null && config.getAutoOAuthToken() == null && config.getClientCertData() == null) {
            throw noCredential(user.get(), exec);
        }
        user.ifPresent(named -> {
            if (config.getAutoOAuthToken() == null) {
                Kubeconfigs.tokenOfFile(named).ifPresent(config::setAutoOAuthToken);
            }
            if (named.getUser().getAs() != null) {
                config.setImpersonateUsername(named.getUser().getAs());
                config.setImpersonateGroups(named.getUser().getAsGroups().toArray(String[]::new));
            }
        });
        if (config.getAutoOAuthToken() != null) {
            config.setAutoOAuthToken(config.getAutoOAuthToken().strip());
        }
        if (config.getHttpProxy() != null && config.getMasterUrl().startsWith("https:")) {
            config.setHttpsProxy(config.getHttpProxy());
        }
    }

    private static KubeconfigException noCredential(NamedAuthInfo user, ExecConfig exec) {
        return new KubeconfigException("user \"" + user.getName() + "\": the program \"" + exec.getCommand()
                + "\" gave no credential; run it by hand: "
                + exec.getCommand() + " " + String.join(" ", exec.getArgs()));
    }

    private void inPod(Config config) {
        if (!environment.containsKey("KUBERNETES_SERVICE_HOST")) {
            throw new KubeconfigException("no cluster is named, and this process runs in no pod of one"
                    + " (KUBERNETES_SERVICE_HOST is not set)");
        }
        String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        config.setMasterUrl("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
        config.setCaCertFile(pod.resolve("ca.crt").toString());
        config.setNamespace(podFile("namespace"));
        podFile("token");
        // The token is rotated while we run.
        config.setOauthTokenProvider(() -> podFile("token"));
    }

    private String podFile(String name) {
        try {
            return Files.readString(pod.resolve(name)).strip();
        } catch (IOException e) {
            throw new KubeconfigException("there is no kubeconfig, and this pod has no " + pod.resolve(name)
                    + " (automountServiceAccountToken?); give --kubeconfig");
        }
    }

    private static void proxy(Config config, ClusterProxy proxy) {
        config.setHttpsProxy(proxy.url());
        config.setHttpProxy(proxy.url());
        if (!proxy.username().isEmpty()) {
            config.setProxyUsername(proxy.username());
            config.setProxyPassword(proxy.password().reveal());
        }
        config.setNoProxy(proxy.direct().toArray(String[]::new));
    }

    private void proxy(Config config) {
        if (config.getHttpsProxy() == null) {
            config.setHttpsProxy(variable("HTTPS_PROXY"));
        }
        if (config.getHttpProxy() == null) {
            config.setHttpProxy(variable("HTTP_PROXY"));
        }
        String direct = variable("NO_PROXY");
        if (direct != null) {
            config.setNoProxy(Stream.of(direct.split(","))
                    .map(String::strip)
                    .filter(host -> host.matches("[\\w.:/-]+"))
                    .toArray(String[]::new));
        }
    }

    private String variable(String name) {
        String value = environment.getOrDefault(name, environment.getOrDefault(name.toLowerCase(Locale.ROOT), ""));
        return value.isBlank() ? null : value;
    }
}
