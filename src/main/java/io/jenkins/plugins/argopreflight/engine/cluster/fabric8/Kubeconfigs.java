package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigText;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kubeconfig files, and the context, cluster and user that are chosen from them: the first file that has one wins. */
final class Kubeconfigs {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final List<Config> files;
    private final String where;
    private final boolean foreign;

    private Kubeconfigs(List<Config> files, String where, boolean foreign) {
        this.files = files;
        this.where = where;
        this.foreign = foreign;
    }

    /** @param paths each must exist */
    static Kubeconfigs of(List<Path> paths) {
        String where = paths.stream().map(Path::toString).collect(Collectors.joining(", "));
        return new Kubeconfigs(paths.stream().map(Kubeconfigs::read).toList(), where, false);
    }

    /** Kubeconfigs of somebody else, who has no say over files and programs of this machine. */
    static Kubeconfigs ofTexts(List<KubeconfigText> texts) {
        String where = texts.stream().map(KubeconfigText::origin).collect(Collectors.joining(", "));
        return new Kubeconfigs(
                texts.stream()
                        .map(text -> parse(
                                "kubeconfig of " + text.origin(), text.content().reveal(), Optional.empty()))
                        .toList(),
                where,
                true);
    }

    private static Config read(Path path) {
        if (!Files.exists(path)) {
            throw new KubeconfigException(
                    "kubeconfig " + path + " does not exist; give --kubeconfig or set KUBECONFIG");
        }
        try {
            return parse("kubeconfig " + path, Files.readString(path), Optional.of(path.toAbsolutePath()));
        } catch (IOException e) {
            throw new KubeconfigException(
                    "kubeconfig " + path + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static Config parse(String name, String content, Optional<Path> file) {
        try {
            JsonNode yaml = YAML.readTree(content);
            if (!yaml.isObject()) {
                throw new KubeconfigException(name + " is not a kubeconfig: it holds no YAML object");
            }
            file.ifPresent(path -> resolvePaths((ObjectNode) yaml, path));
            return YAML.convertValue(yaml, Config.class);
        } catch (JsonProcessingException e) {
            // The parser's own message quotes the file, and that holds tokens.
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new KubeconfigException(name + " is not valid YAML: look at line " + line);
        } catch (IllegalArgumentException e) {
            throw new KubeconfigException(name + " is not a kubeconfig: compare it with kubectl config view");
        }
    }

    /** The context of a name, or with "" the current one. */
    NamedContext context(String name) {
        String wanted = name;
        if (wanted.isEmpty()) {
            wanted = files.stream()
                    .map(Config::getCurrentContext)
                    .filter(current -> current != null && !current.isEmpty())
                    .findFirst()
                    .orElseThrow(() -> new KubeconfigException("current-context is not set in " + where
                            + (foreign ? "; set it to one of: " : "; give --context, one of: ") + names()));
        }
        String chosen = wanted;
        return find(Config::getContexts, context -> chosen.equals(context.getName()) && context.getContext() != null)
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

    NamedCluster cluster(NamedContext context) {
        String name = String.valueOf(context.getContext().getCluster());
        NamedCluster cluster = find(Config::getClusters, c -> name.equals(c.getName()) && c.getCluster() != null)
                .orElseThrow(() -> broken(context, "cluster", name));
        String server = cluster.getCluster().getServer();
        if (server == null || !server.matches("https?://.+")) {
            throw new KubeconfigException("cluster \"" + name + "\" in " + where + " has no server: https://…");
        }
        refuse(
                cluster.getCluster().getCertificateAuthority(),
                "cluster \"" + name + "\"",
                "certificate-authority",
                "certificate-authority-data");
        return cluster;
    }

    /** The user of a context, none when it names none. */
    Optional<NamedAuthInfo> user(NamedContext context) {
        String name = context.getContext().getUser();
        if (name == null || name.isEmpty()) {
            return Optional.empty();
        }
        NamedAuthInfo user = find(Config::getUsers, u -> name.equals(u.getName()) && u.getUser() != null)
                .orElseThrow(() -> broken(context, "user", name));
        String who = "user \"" + name + "\"";
        refuse(user.getUser().getClientCertificate(), who, "client-certificate", "client-certificate-data");
        refuse(user.getUser().getClientKey(), who, "client-key", "client-key-data");
        refuse(user.getUser().getTokenFile(), who, "tokenFile", "token");
        if (foreign && user.getUser().getAuthProvider() != null) {
            throw new KubeconfigException(who + " in " + where
                    + " has an auth-provider, which is not followed here; use a token or a client certificate");
        }
        return Optional.of(user);
    }

    /** A file that somebody else names is one of ours only by accident or by malice. */
    private void refuse(String file, String whose, String field, String instead) {
        if (foreign && file != null && !file.isEmpty()) {
            throw new KubeconfigException(whose + " in " + where + " has " + field
                    + ", a file that is not read here; use " + instead + ": kubectl config view --raw --flatten");
        }
    }

    /** Makes paths absolute: in a kubeconfig they are relative to it. */
    private static void resolvePaths(ObjectNode kubeconfig, Path file) {
        for (JsonNode named : kubeconfig.path("clusters")) {
            resolve(named.path("cluster"), "certificate-authority", file);
        }
        for (JsonNode named : kubeconfig.path("users")) {
            for (String field : List.of("client-certificate", "client-key", "tokenFile")) {
                resolve(named.path("user"), field, file);
            }
            if (named.path("user").path("exec").path("command").asText("").contains(File.separator)) {
                resolve(named.path("user").path("exec"), "command", file);
            }
        }
    }

    private static void resolve(JsonNode in, String field, Path file) {
        String value = in.path(field).asText("");
        if (!value.isEmpty()) {
            ((ObjectNode) in).put(field, file.resolveSibling(value).normalize().toString());
        }
    }

    /** The token in a user's tokenFile. */
    static Optional<String> tokenOfFile(NamedAuthInfo named) {
        String file = named.getUser().getTokenFile();
        if (file == null || file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(Path.of(file)).strip());
        } catch (IOException e) {
            throw new KubeconfigException("user \"" + named.getName() + "\": tokenFile " + file + " cannot be read");
        }
    }

    Config[] toArray() {
        return files.toArray(Config[]::new);
    }

    String where() {
        return where;
    }

    private KubeconfigException broken(NamedContext context, String kind, String name) {
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
