package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The user's own kubeconfig files, and the context, cluster and user that are chosen from them. The first entry of a
 * name counts. The files are trusted as in kubectl, so they can refer to files and programs. Untrusted content is never
 * read by this class.
 */
final class OwnKubeconfigs {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final List<Config> files;
    private final String where;
    private final NamedContext context;
    private final NamedCluster cluster;
    private final Optional<NamedAuthInfo> user;
    private final Consumer<String> programs;

    private OwnKubeconfigs(List<Config> files, String where, String context, Consumer<String> programs) {
        this.files = files;
        this.where = where;
        this.programs = programs;
        this.context = context(context);
        this.cluster = cluster();
        this.user = user();
    }

    /**
     * Reads the files.
     *
     * @param paths the files, each of which must exist
     * @param context "" for the current one
     * @param programs the receiver of the name of a credential plugin, before the plugin runs
     */
    static OwnKubeconfigs of(List<Path> paths, String context, Consumer<String> programs) {
        String where = paths.stream().map(Path::toString).collect(Collectors.joining(", "));
        return new OwnKubeconfigs(paths.stream().map(OwnKubeconfigs::read).toList(), where, context, programs);
    }

    private static Config read(Path path) {
        if (!Files.exists(path)) {
            throw new KubeconfigException(
                    "kubeconfig " + path + " does not exist; give --kubeconfig or set KUBECONFIG");
        }
        try {
            return parse("kubeconfig " + path, Files.readString(path), path.toAbsolutePath());
        } catch (IOException e) {
            throw new KubeconfigException(
                    "kubeconfig " + path + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static Config parse(String name, String content, Path file) {
        try {
            JsonNode yaml = YAML.readTree(content);
            if (!yaml.isObject()) {
                throw new KubeconfigException(name + " is not a kubeconfig: it holds no YAML object");
            }
            resolvePaths((ObjectNode) yaml, file);
            return YAML.convertValue(yaml, Config.class);
        } catch (JsonProcessingException e) {
            // The parser's own message quotes the file, which contains tokens.
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new KubeconfigException(name + " is not valid YAML: look at line " + line);
        } catch (IllegalArgumentException e) {
            throw new KubeconfigException(name + " is not a kubeconfig: compare it with kubectl config view");
        }
    }

    private NamedContext context(String name) {
        String wanted = name;
        if (wanted.isEmpty()) {
            wanted = files.stream()
                    .map(Config::getCurrentContext)
                    .filter(current -> current != null && !current.isEmpty())
                    .findFirst()
                    .orElseThrow(() -> new KubeconfigException(
                            "current-context is not set in " + where + "; give --context, one of: " + names()));
        }
        String chosen = wanted;
        return find(Config::getContexts, each -> chosen.equals(each.getName()) && each.getContext() != null)
                .orElseThrow(() -> new KubeconfigException(
                        "context \"" + chosen + "\" does not exist in " + where + "; there are: " + names()));
    }

    private String names() {
        String names = files.stream()
                .map(Config::getContexts)
                .flatMap(contexts -> contexts == null ? Stream.empty() : contexts.stream())
                .map(NamedContext::getName)
                .distinct()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    private NamedCluster cluster() {
        String name = String.valueOf(context.getContext().getCluster());
        NamedCluster found = find(Config::getClusters, c -> name.equals(c.getName()) && c.getCluster() != null)
                .orElseThrow(() -> missingEntry("cluster", name));
        String server = found.getCluster().getServer();
        if (server == null || !server.matches("(?i)https?://.*")) {
            throw new KubeconfigException("cluster \"" + name + "\" in " + where + " has no server: https://…");
        }
        return found;
    }

    /** Returns the user of the context; empty if it has none. */
    private Optional<NamedAuthInfo> user() {
        String name = context.getContext().getUser();
        if (name == null || name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(find(Config::getUsers, u -> name.equals(u.getName()) && u.getUser() != null)
                .orElseThrow(() -> missingEntry("user", name)));
    }

    /** Makes the paths in a kubeconfig absolute. They are relative to the kubeconfig's file. */
    private static void resolvePaths(ObjectNode kubeconfig, Path file) {
        for (JsonNode named : kubeconfig.path("clusters")) {
            resolve(named.path("cluster"), "certificate-authority", file);
        }
        for (JsonNode named : kubeconfig.path("users")) {
            for (String field : List.of("client-certificate", "client-key", "tokenFile")) {
                resolve(named.path("user"), field, file);
            }
            if (Json.text(named, "user", "exec", "command").contains(File.separator)) {
                resolve(named.path("user").path("exec"), "command", file);
            }
        }
    }

    private static void resolve(JsonNode entry, String field, Path file) {
        String value = Json.text(entry, field);
        if (!value.isEmpty()) {
            ((ObjectNode) entry)
                    .put(field, file.resolveSibling(value).normalize().toString());
        }
    }

    /** The cluster's proxy-url. */
    Optional<String> proxyUrl() {
        return Optional.ofNullable(cluster.getCluster().getProxyUrl()).filter(url -> !url.isBlank());
    }

    /** Reads the files and runs the credential plugin of the user. */
    ClusterEndpoint endpoint() {
        return new OwnContext(where, context, cluster, user, programs).endpoint();
    }

    private KubeconfigException missingEntry(String kind, String name) {
        return new KubeconfigException("context \"" + context.getName() + "\" names the " + kind + " \"" + name
                + "\", which " + where + " lacks");
    }

    private <T> Optional<T> find(Function<Config, List<T>> list, Predicate<T> wanted) {
        return files.stream()
                .map(list)
                .flatMap(items -> items == null ? Stream.empty() : items.stream())
                .filter(wanted)
                .findFirst();
    }
}
