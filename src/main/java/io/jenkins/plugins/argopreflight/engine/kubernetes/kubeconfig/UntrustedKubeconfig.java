package io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ApiServerUrl;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin.Header;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A kubeconfig that another person can have written. Only one context with its cluster and user is read, and only
 * values in them: a field that refers to a file, a program or a proxy is an error that names the field.
 * {@code preferences} and {@code extensions} are never read.
 *
 * @param origin the name in messages, such as {@code credentials "prod"}
 * @param content YAML or JSON; a Password, since it contains the token
 * @param author the kind of author
 */
public record UntrustedKubeconfig(String origin, Password content, Author author) {

    /** The kind of author of a kubeconfig, which decides what the kubeconfig can request. */
    public enum Author {
        /** A person who can manage credentials: the kubeconfig can specify a user to impersonate. */
        CREDENTIAL,
        /** A person who can change a workspace or an agent: the kubeconfig cannot specify a user to impersonate. */
        BUILD
    }

    private static final String EXTENSIONS = "extensions";
    private static final List<String> ROOT = List.of(
            "apiVersion", "kind", "preferences", "current-context", "contexts", "clusters", "users", EXTENSIONS);
    private static final List<String> CONTEXT = List.of("cluster", "user", "namespace", EXTENSIONS);
    private static final List<String> CLUSTER =
            List.of("server", "certificate-authority-data", "tls-server-name", "insecure-skip-tls-verify", EXTENSIONS);
    private static final List<String> USER =
            List.of("token", "username", "password", "client-certificate-data", "client-key-data", EXTENSIONS);

    /**
     * Returns the endpoint of several kubeconfigs together. The current context is that of the first kubeconfig with
     * one.
     *
     * @param context the name of the context; "" for the current one
     * @throws KubeconfigException if they lead to no cluster or have a field that is refused; its message is one line
     */
    public static ClusterEndpoint endpoint(List<UntrustedKubeconfig> kubeconfigs, String context) {
        Entries contexts = new Entries("contexts", "context");
        Entries clusters = new Entries("clusters", "cluster");
        Entries users = new Entries("users", "user");
        String current = "";
        for (UntrustedKubeconfig each : kubeconfigs) {
            ObjectNode root = StrictYaml.read("kubeconfig of " + each.origin, each.content.reveal());
            Fields fields = Fields.of(root, "the kubeconfig", each.origin);
            fields.refuseOthers(ROOT);
            require(fields, "apiVersion", "v1");
            require(fields, "kind", "Config");
            String named = fields.name("current-context").orElse("");
            current = current.isEmpty() ? named : current;
            contexts.add(root, each.origin);
            clusters.add(root, each.origin);
            users.add(root, each.origin);
        }
        String origin = String.join(
                ", ", kubeconfigs.stream().map(UntrustedKubeconfig::origin).toList());
        Author author = kubeconfigs.stream().allMatch(each -> each.author == Author.CREDENTIAL)
                ? Author.CREDENTIAL
                : Author.BUILD;
        return new AllEntries(origin, author, contexts, clusters, users)
                .endpoint(context.isEmpty() ? current : context);
    }

    private static void require(Fields root, String field, String value) {
        if (!root.text(field).orElse(value).equals(value)) {
            throw new KubeconfigException(
                    root.where() + " has another " + field + " than " + value + ": it is not a kubeconfig");
        }
    }

    /** The entries of all kubeconfigs, which create the endpoint of a context. */
    private record AllEntries(String origin, Author author, Entries contexts, Entries clusters, Entries users) {

        ClusterEndpoint endpoint(String name) {
            if (name.isBlank()) {
                throw new KubeconfigException(
                        "current-context is not set in " + origin + "; set it to one of: " + contexts.names());
            }
            Fields context = contexts.find(name)
                    .orElseThrow(() -> new KubeconfigException("context \"" + KubeconfigNames.shorten(name)
                            + "\" does not exist in " + origin + "; there are: " + contexts.names()));
            context.refuseOthers(CONTEXT);
            String namespace = context.name("namespace").orElse("");
            String cluster = context.name("cluster").orElse("");
            Fields server = clusters.find(cluster).orElseThrow(() -> missing(context, "cluster", cluster));
            server.refuseOthers(CLUSTER);
            if (!context.has("user")) {
                return createEndpoint(server, ClusterLogin.anonymous(), namespace, "", List.of());
            }
            String user = context.name("user").orElse("");
            if (user.isBlank()) {
                throw new KubeconfigException(
                        context.where() + " has an empty user: name one, or leave it out to connect anonymously");
            }
            Fields login = users.find(user).orElseThrow(() -> missing(context, "user", user));
            List<String> allowed = new ArrayList<>(USER);
            allowed.addAll(List.of("as", "as-groups"));
            if (!login.text("token").orElse("").isBlank()
                    && login.text("tokenFile")
                            .filter(LoginKubeconfig.TOKEN_FILE::equals)
                            .isPresent()) {
                // The token file of a withArgoCluster block is for programs that run longer than its token; it is not
                // read here.
                allowed.add("tokenFile");
            }
            login.refuseOthers(allowed);
            if (author == Author.BUILD && (login.has("as") || login.has("as-groups"))) {
                throw new KubeconfigException(login.where() + " has as or as-groups, which only a kubeconfig in"
                        + " credentials can have: remove it, or keep the kubeconfig in credentials");
            }
            return createEndpoint(
                    server, login(login), namespace, login.name("as").orElse(""), login.texts("as-groups"));
        }

        private ClusterEndpoint createEndpoint(
                Fields cluster, ClusterLogin login, String namespace, String as, List<String> groups) {
            String url = cluster.text("server").orElse("");
            ApiServerUrl.problem(url).ifPresent(problem -> {
                throw new KubeconfigException("the server URL of " + cluster.where() + " " + problem);
            });
            if (as.isEmpty() && !groups.isEmpty()) {
                throw new KubeconfigException("a user in " + origin + " has as-groups without as: add as");
            }
            Trust trust = new Trust(
                    cluster.decoded("certificate-authority-data"),
                    cluster.flag("insecure-skip-tls-verify"),
                    cluster.name("tls-server-name").orElse(""));
            return new ClusterEndpoint(origin, url, trust, login, namespace, as, groups);
        }

        private static ClusterLogin login(Fields user) {
            String token = user.text("token").orElse("").strip();
            String username = user.text("username").orElse("");
            String password = user.text("password").orElse("");
            if (!token.isEmpty() && !(username + password).isEmpty()) {
                throw new KubeconfigException(
                        user.where() + " has a token and a password: kubectl accepts one of them, remove the other");
            }
            Header header = new ClusterLogin.None();
            if (!token.isEmpty()) {
                header = ClusterLogin.Bearer.of(Password.of(token));
            } else if (!(username + password).isEmpty()) {
                header = new ClusterLogin.Basic(username, Password.of(password));
            }
            String chain = user.decoded("client-certificate-data");
            String key = user.decoded("client-key-data");
            if (chain.isEmpty() != key.isEmpty()) {
                throw new KubeconfigException(
                        user.where() + " needs both client-certificate-data and client-key-data, or neither");
            }
            return new ClusterLogin(
                    header,
                    chain.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new ClusterLogin.Certificate(chain, Password.of(key))));
        }

        private KubeconfigException missing(Fields context, String kind, String name) {
            return new KubeconfigException(context.where() + " names the " + kind + " \""
                    + KubeconfigNames.shorten(name) + "\", which " + origin + " does not have");
        }
    }
}
