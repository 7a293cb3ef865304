package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ApiServerUrl;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterProxy;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity.ServiceAccount;
import io.jenkins.plugins.argopreflight.engine.kubernetes.IssuedTokens.Issued;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.kubernetes.TokenAccount;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.ConnectionResolver.Target;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A live cluster over fabric8's HTTP client. Safe for concurrent use by any number of callers. */
public final class Fabric8Gateway implements ClusterGateway {

    private static final int MAX_LIST_ATTEMPTS = 3;
    private static final int MAX_LOG_BYTES = 1 << 20;
    private static final Set<String> REVIEWS = Set.of("authorization.k8s.io", "authentication.k8s.io");

    private final String server;
    private final String namespace;
    private final ApiTransport transport;
    private final Supplier<String> identity;
    private final boolean canImpersonate;
    private final Trust trust;

    private Fabric8Gateway(
            String server,
            String namespace,
            ApiTransport transport,
            Supplier<String> identity,
            boolean canImpersonate,
            Trust trust) {
        this.trust = trust;
        this.server = server;
        this.identity = identity;
        this.namespace = namespace;
        this.transport = transport;
        this.canImpersonate = canImpersonate;
    }

    /**
     * Prepares the connection, without sending a request.
     *
     * @throws KubeconfigException if the connection leads to no cluster
     */
    public static Fabric8Gateway connect(ClusterConnection connection) {
        return connect(connection, ReadLimits.ofProcess());
    }

    static Fabric8Gateway connect(ClusterConnection connection, ReadLimits limits) {
        Target target = ConnectionResolver.ofProcess().resolve(connection);
        return open(
                connection
                        .tokensOf()
                        .map(account -> withTokens(account, target, connection))
                        .orElse(target),
                connection,
                limits);
    }

    /**
     * Returns the target with tokens of a ServiceAccount. To request a token, a connection with the first login is
     * opened.
     */
    static Target withTokens(TokenAccount account, Target first, ClusterConnection connection) {
        TokenRequest request = new TokenRequest(account.account(), account.lifetime());
        return first.withLogin(ClusterLogin.token(new RequestedToken(account, first.endpoint(), () -> {
            try (Fabric8Gateway gateway = open(first, connection, ReadLimits.ofProcess())) {
                return request.send(gateway.transport);
            }
        })));
    }

    private static Fabric8Gateway open(Target target, ClusterConnection connection, ReadLimits limits) {
        ClusterEndpoint endpoint = target.endpoint();
        String server = ApiServerUrl.withoutTrailingSlash(endpoint.server());
        try {
            ApiTransport transport = new ApiTransport(
                    SingleTryHttpClient.create(target, connection.timeouts(), connection.addresses()),
                    target.server(server),
                    endpoint.login().header(),
                    new Impersonation(endpoint.as(), endpoint.asGroups()),
                    connection.timeouts(),
                    limits);
            return new Fabric8Gateway(
                    server,
                    endpoint.namespace(),
                    transport,
                    () -> ConnectionKey.of(
                            endpoint, target.proxy().map(ClusterProxy::url).orElse("")),
                    endpoint.as().isEmpty(),
                    endpoint.trust());
        } catch (KubernetesClientException e) {
            throw new KubeconfigException(
                    "no connection can be made to " + server + ": compare it with kubectl config view --raw");
        }
    }

    /** The namespace of the context, or else {@code default}, as kubectl without {@code -n} uses it. */
    public String namespace() {
        return namespace.isEmpty() ? "default" : namespace;
    }

    /** The server certificates that are accepted. */
    public Trust trust() {
        return trust;
    }

    @Override
    public String server() {
        return server;
    }

    @Override
    public Optional<String> proxy() {
        return transport.server().proxy();
    }

    /**
     * {@inheritDoc} Allowed by the role
     * <a href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles">system:discovery</a>.
     */
    @Override
    public String version() {
        ApiReply reply = transport.get("/version");
        String version = Json.text(object(reply, "GET", "/version"), "gitVersion");
        if (version.isEmpty()) {
            throw StatusErrors.answerOfOtherService(request("GET", "/version"));
        }
        return version;
    }

    @Override
    public Optional<ObjectNode> get(Resource resource, String inNamespace, String name) {
        String path = Paths.object(resource, inNamespace, name);
        ApiReply reply = transport.get(path);
        return reply.isAbsent(name) ? Optional.empty() : Optional.of(object(reply, "GET", path));
    }

    @Override
    public List<ObjectNode> list(Resource resource, String inNamespace, String labelSelector, String fieldSelector) {
        List<ObjectNode> items = new ArrayList<>();
        pages(transport, resource, inNamespace, labelSelector, fieldSelector, items::clear, items::add);
        return items;
    }

    /** {@inheritDoc} The memory limit applies to each page alone, since none of them is kept. */
    @Override
    public void each(
            Resource resource,
            String inNamespace,
            String labelSelector,
            String fieldSelector,
            Consumer<ObjectNode> consumer) {
        ApiTransport pageTransport = transport.hold();
        try {
            pages(pageTransport, resource, inNamespace, labelSelector, fieldSelector, () -> {}, consumer);
        } finally {
            pageTransport.close();
        }
    }

    /**
     * Reads a list, again from its beginning if the server does not have its version any more.
     *
     * @param begin called before each reading
     */
    private void pages(
            ApiTransport via,
            Resource resource,
            String inNamespace,
            String labelSelector,
            String fieldSelector,
            Runnable begin,
            Consumer<ObjectNode> items) {
        String path = Paths.list(resource, inNamespace);
        String selectors = Paths.query("labelSelector", labelSelector) + Paths.query("fieldSelector", fieldSelector);
        for (int i = 1; ; i++) {
            begin.run();
            ApiReply reply = new ListPages(via, server, path, selectors, resource, items).read();
            if (reply.ok()) {
                return;
            }
            // The list is older than the server's history after some pages: read it again.
            if (reply.code() != 410 || i == MAX_LIST_ATTEMPTS) {
                throw StatusErrors.of(reply, server, request("GET", path));
            }
        }
    }

    @Override
    public List<String> log(String inNamespace, String pod, String container, int lines) {
        String path = Paths.object(Resource.PODS, inNamespace, pod) + "/log?tailLines=" + lines + "&limitBytes="
                + MAX_LOG_BYTES + Paths.query("container", container);
        return new LogTail(lines).read(transport, path);
    }

    @Override
    public ObjectNode create(Resource resource, ObjectNode object, WriteMode mode) {
        String path = Paths.list(resource, KubeObjects.namespace(object)) + query(mode) + strictQuery(resource, mode);
        return object(transport.send("POST", path, object, effect(resource, mode)), "POST", path);
    }

    @Override
    public ObjectNode replace(Resource resource, ObjectNode object, WriteMode mode) {
        String path = Paths.object(resource, KubeObjects.namespace(object), KubeObjects.name(object)) + query(mode);
        return object(transport.send("PUT", path, object, effect(resource, mode)), "PUT", path);
    }

    @Override
    public void delete(
            Resource resource, String inNamespace, String name, String uid, String resourceVersion, WriteMode mode) {
        String path = Paths.object(resource, inNamespace, name) + query(mode);
        ObjectNode options =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "DeleteOptions");
        ObjectNode preconditions = options.putObject("preconditions");
        if (!uid.isEmpty()) {
            preconditions.put("uid", uid);
        }
        if (!resourceVersion.isEmpty()) {
            preconditions.put("resourceVersion", resourceVersion);
        }
        if (mode == WriteMode.DRY_RUN) {
            // With a body, the server reads the options from it. The query shows them in logs.
            options.putArray("dryRun").add("All");
        }
        object(transport.send("DELETE", path, options, effect(resource, mode)), "DELETE", path);
    }

    @Override
    public Issued token(ServiceAccount account, Duration lifetime, String secret) {
        return new TokenRequest(account, lifetime, secret).send(transport);
    }

    @Override
    public Optional<LiveCluster> live() {
        return Optional.of(new Fabric8Live(transport.hold(), server, identity.get()));
    }

    /** {@inheritDoc} Empty, too, if this gateway impersonates already, since a request can impersonate only once. */
    @Override
    public Optional<ClusterGateway> as(Identity who) {
        return canImpersonate && !who.user().isEmpty()
                ? Optional.of(new Fabric8Gateway(
                        server,
                        namespace,
                        transport.as(who),
                        () -> ConnectionKey.digest(Stream.of(
                                identity.get(), who.user(), who.groups().toString())),
                        /* canImpersonate= */ false,
                        trust))
                : Optional.empty();
    }

    @Override
    public void close() {
        transport.close();
    }

    private static Retries.Effect effect(Resource resource, WriteMode mode) {
        boolean changesNothing = mode == WriteMode.DRY_RUN || REVIEWS.contains(resource.group());
        return changesNothing ? Retries.Effect.REPEATABLE : Retries.Effect.ONCE;
    }

    private ObjectNode object(ApiReply reply, String method, String path) {
        return reply.object(server, request(method, path));
    }

    private String request(String method, String path) {
        return method + " " + server + path.replaceFirst("\\?.*", "");
    }

    private static String query(WriteMode mode) {
        return mode == WriteMode.DRY_RUN ? "?dryRun=All" : "";
    }

    /**
     * Returns the query for strict validation, as {@code kubectl create} requests it, which refuses unknown fields.
     * Argo's controller creates pods without it.
     *
     * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation">Field validation</a>
     */
    private static String strictQuery(Resource resource, WriteMode mode) {
        return mode == WriteMode.DRY_RUN && !resource.equals(Resource.PODS)
                ? Paths.query("fieldValidation", "Strict")
                : "";
    }
}
