package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LastLines;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServerAddress;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.ConnectionResolver.Target;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An Argo Server over the same HTTP client as the API server, with its limits, retries, address guard and renewed
 * tokens.
 */
public final class Fabric8ArgoServer implements ArgoServer {

    private static final String API = "/api/v1/";
    private static final int MAX_LOG_BYTES = 8 << 20;
    /** The maximum number of archived workflows with the same name that are read. */
    private static final int MAX_SAME_NAME = 20;

    private final String server;
    private final ApiTransport transport;

    private Fabric8ArgoServer(String server, ApiTransport transport) {
        this.server = server;
        this.transport = transport;
    }

    /**
     * Prepares the connection, without sending a request.
     *
     * @param cluster the connection whose login is used if the address has none, and whose timeouts, proxy and
     *     addresses apply
     * @throws KubeconfigException if the cluster's login cannot be used at Argo Server, or the address is not allowed
     */
    public static Fabric8ArgoServer connect(ClusterConnection cluster, ArgoServerAddress address) {
        ArgoServerAddress.problem(address.url(), address.skipTlsVerify()).ifPresent(problem -> {
            throw new KubeconfigException("the URL of " + address.origin() + " " + problem);
        });
        ClusterLogin login = address.login().orElseGet(() -> loginOf(cluster, address));
        ClusterEndpoint endpoint = ClusterEndpoint.of(
                address.origin(),
                address.url(),
                Trust.ofSetting(address.authority(), address.skipTlsVerify(), address.origin()),
                login);
        Target target = ConnectionResolver.ofProcess()
                .resolve(cluster.to(endpoint).impersonating("").withContext(""));
        try {
            return new Fabric8ArgoServer(
                    address.url(),
                    new ApiTransport(
                            SingleTryHttpClient.create(target, cluster.timeouts(), cluster.addresses()),
                            target.server(address.url()),
                            login.header(),
                            Impersonation.NONE,
                            cluster.timeouts(),
                            ReadLimits.ofProcess()));
        } catch (KubernetesClientException e) {
            throw new KubeconfigException("no connection can be made to " + address.url());
        }
    }

    /**
     * Returns the cluster's login for Argo Server, which passes a token on to the API server. It supports neither
     * certificates nor impersonation.
     */
    private static ClusterLogin loginOf(ClusterConnection cluster, ArgoServerAddress address) {
        Target first = ConnectionResolver.ofProcess().resolve(cluster);
        Target target = cluster.tokensOf()
                .map(account -> Fabric8Gateway.withTokens(account, first, cluster))
                .orElse(first);
        if (!target.endpoint().as().isEmpty()) {
            throw new KubeconfigException(address.origin() + " cannot impersonate "
                    + target.endpoint().as() + ": give it a token of its own");
        }
        if (target.endpoint().login().header() instanceof ClusterLogin.None
                && target.endpoint().login().certificate().isPresent()) {
            throw new KubeconfigException(address.origin() + " does not accept the client certificate with which the"
                    + " cluster is asked: give it a token of its own");
        }
        return new ClusterLogin(target.endpoint().login().header(), Optional.empty());
    }

    @Override
    public String server() {
        return server;
    }

    @Override
    public String version() {
        String path = API + "version";
        String version = Json.text(object(get(path), path), "version");
        if (version.isEmpty()) {
            throw notFromArgoServer(path);
        }
        return version;
    }

    @Override
    public String user() {
        String path = API + "userinfo";
        JsonNode info = object(get(path), path);
        return Stream.of("serviceAccountName", "subject", "email", "name")
                .map(field -> Json.text(info, field))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Override
    public Optional<ObjectNode> workflow(String namespace, String name, String uid) {
        String path = API + "workflows/" + segment(namespace) + "/" + segment(name)
                + (uid.isEmpty() ? "" : "?uid=" + Paths.encode(uid));
        ApiReply reply = get(path);
        if (reply.code() != 404) {
            return Optional.of(object(reply, path)).filter(found -> isOf(found, namespace, uid));
        }
        // Before Argo 3.5 only the list of archived workflows knows names.
        Optional<String> archived = uid.isEmpty()
                ? list(namespace, ",metadata.name=" + name, "", MAX_SAME_NAME).stream()
                        .map(KubeObjects::uid)
                        .findFirst()
                : Optional.of(uid);
        return archived.flatMap(id -> byUid(namespace, id));
    }

    private Optional<ObjectNode> byUid(String namespace, String uid) {
        String path = API + "archived-workflows/" + segment(uid);
        ApiReply reply = get(path);
        return reply.code() == 404
                ? Optional.empty()
                : Optional.of(object(reply, path)).filter(found -> isOf(found, namespace, uid));
    }

    /** Returns whether a workflow has the requested namespace and uid; "" for any uid. */
    private static boolean isOf(ObjectNode found, String namespace, String uid) {
        return KubeObjects.namespace(found).equals(namespace)
                && (uid.isEmpty() || KubeObjects.uid(found).equals(uid));
    }

    @Override
    public List<ObjectNode> archived(String namespace, String labels, int maxCount) {
        return list(namespace, "", labels, maxCount);
    }

    private List<ObjectNode> list(String namespace, String fields, String labels, int maxCount) {
        String path = API + "archived-workflows?listOptions.limit=" + maxCount
                + Paths.query("listOptions.fieldSelector", "metadata.namespace=" + namespace + fields)
                + Paths.query("listOptions.labelSelector", labels);
        List<ObjectNode> found = new ArrayList<>();
        object(get(path), path).path("items").forEach(each -> {
            if (each instanceof ObjectNode workflow && isOf(workflow, namespace, "") && found.size() < maxCount) {
                found.add(workflow);
            }
        });
        found.sort(Comparator.comparing((ObjectNode each) -> Json.text(each, "metadata", "creationTimestamp"))
                .reversed());
        return found;
    }

    @Override
    public void artifact(Output output, OutputStream into, long limit) throws IOException {
        String place = "/" + segment(output.node()) + "/" + segment(output.artifact());
        String live = "/artifacts/" + segment(output.namespace()) + "/" + segment(output.workflow()) + place;
        int code = transport.download(live, into, limit);
        String path = live;
        if (code >= 400 && code != 401 && code != 403 && !output.uid().isEmpty()) {
            path = "/artifacts-by-uid/" + segment(output.uid()) + place;
            code = transport.download(path, into, limit);
        }
        if (code < 200 || code >= 300) {
            throw error(code, path, "artifact " + output.artifact());
        }
    }

    @Override
    public List<String> log(Output output, int lines) {
        LastLines last = new LastLines(lines);
        try {
            artifact(output, last, MAX_LOG_BYTES);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (ClusterException e) {
            if (e.kind() != Kind.TOO_LARGE) {
                throw e;
            }
            throw new ClusterException(
                    Kind.TOO_LARGE,
                    "the archived log at " + server + " is larger than " + (MAX_LOG_BYTES >> 20)
                            + " MiB and is not read");
        }
        return last.lines();
    }

    private ApiReply get(String path) {
        return transport.get(path);
    }

    private ObjectNode object(ApiReply reply, String path) {
        if (reply.code() >= 300) {
            throw error(reply.code(), path, "workflows");
        }
        if (reply.ok() && reply.body() instanceof ObjectNode object) {
            return object;
        }
        throw notFromArgoServer(path);
    }

    /** Returns the error for an answer. The answer's body is not repeated, because it can contain the credential. */
    private ClusterException error(int code, String path, String what) {
        String request = "GET " + server + path.replaceFirst("\\?.*", "");
        return switch (code) {
            case 401 ->
                new ClusterException(
                        Kind.UNAUTHORIZED,
                        server
                                + ": Argo Server does not accept this credential; it has possibly expired, or the server does"
                                + " not run with --auth-mode=client");
            case 403 -> new ClusterException(Kind.FORBIDDEN, request + ": HTTP 403: not allowed to get " + what);
            case 404 -> new ClusterException(Kind.NOT_FOUND, request + ": HTTP 404: not found");
            case 429 -> new ClusterException(Kind.TOO_MANY_REQUESTS, request + ": HTTP 429: too many requests");
            default ->
                new ClusterException(
                        code >= 300 && code < 500 ? Kind.INVALID : Kind.SERVER_ERROR, request + ": HTTP " + code);
        };
    }

    private ClusterException notFromArgoServer(String path) {
        return new ClusterException(
                Kind.SERVER_ERROR,
                "GET " + server + path.replaceFirst("\\?.*", "") + ": this is not the answer of Argo Server; compare"
                        + " its URL and base path");
    }

    private static String segment(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of an object");
        }
        return Paths.encode(name);
    }

    @Override
    public void close() {
        transport.close();
    }
}
