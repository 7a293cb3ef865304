package io.jenkins.plugins.argopreflight.engine.facts.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Once;
import io.jenkins.plugins.argopreflight.engine.kubernetes.OutageGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.WhoAmI;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.ReadSecret;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The reader of a cluster's objects, which are returned as facts. Each object is read once, and a cluster that does not
 * answer is not asked again.
 */
public final class ClusterReader {

    private final Fact<OutageGateway> cluster;
    private final Map<String, Once<Fact<Optional<Document>>>> objects = new ConcurrentHashMap<>();
    private final Map<String, Once<Fact<Optional<ReadSecret>>>> secrets = new ConcurrentHashMap<>();
    private final Map<String, Once<Fact<List<ReadSecret>>>> secretLists = new ConcurrentHashMap<>();
    private final Map<String, Once<Fact<List<Document>>>> lists = new ConcurrentHashMap<>();
    private final Once<Fact<Identity>> who = new Once<>(() -> cluster().flatMap(WhoAmI::ask));
    private final AtomicInteger requests = new AtomicInteger();

    /**
     * Creates a reader.
     *
     * @param cluster the gateway to the cluster; Unknown if there is none, with the reason that is reported for each
     *     object
     */
    public ClusterReader(Fact<ClusterGateway> cluster) {
        this.cluster = cluster.map(OutageGateway::new);
    }

    /** Returns the gateway for other requests of this run. It sends nothing after the cluster did not answer once. */
    public Fact<ClusterGateway> cluster() {
        return cluster.map(gateway -> gateway);
    }

    /** Returns the identity of the credentials in use. The API server is asked once. */
    public Fact<Identity> identity() {
        return who.get();
    }

    public int requests() {
        return requests.get();
    }

    /** Returns the reason why the cluster does not answer; empty if it does. */
    public Optional<String> unavailableReason() {
        return cluster.fold(OutageGateway::outage, unknown -> Optional.of(unknown.reason()));
    }

    /** The API server's version. */
    public Fact<String> version() {
        return ask(Optional.empty(), gateway -> gateway.version());
    }

    /** Returns the known settings of Argo's controller that are not objects of the cluster. */
    public Optional<ArgoInstallation> argo() {
        return cluster.ifKnown().flatMap(ClusterGateway::argo);
    }

    /**
     * Returns patterns of images for which the nodes have credentials, as far as the source of the objects lists them.
     */
    public List<String> nodeCredentials() {
        return cluster.ifKnown().map(ClusterGateway::nodeCredentials).orElse(List.of());
    }

    /** Reads an object; empty if it does not exist. A Secret has its type and the names of its keys only. */
    public Fact<Optional<Document>> get(Resource resource, String namespace, String name) {
        String origin = resource.kind() + " \"" + name + "\""
                + (resource.namespaced() ? " in namespace " + namespace : "") + " of the cluster";
        return once(
                objects,
                origin,
                key -> ask(
                        Optional.of(Right.of("get", resource, namespace).named(name)),
                        gateway ->
                                gateway.get(resource, namespace, name).map(object -> document(resource, key, object))));
    }

    /** Lists the objects of a kind in a namespace that match the selector. */
    public Fact<List<Document>> list(Resource resource, String namespace, String labelSelector) {
        return list(resource, namespace, labelSelector, "");
    }

    /** Lists the objects of a kind in a namespace that match both selectors. */
    public Fact<List<Document>> list(Resource resource, String namespace, String labelSelector, String fieldSelector) {
        return ask(
                Optional.of(Right.of("list", resource, namespace)),
                gateway -> gateway.list(resource, namespace, labelSelector, fieldSelector).stream()
                        .map(object -> document(
                                resource,
                                resource.kind() + " \"" + KubeObjects.name(object) + "\" in namespace " + namespace
                                        + " of the cluster",
                                object))
                        .toList());
    }

    /**
     * Lists the objects of a kind in a namespace while they are read, so that only a part of each is in memory.
     *
     * @param reduction returns the part of an object to keep
     */
    public Fact<List<ObjectNode>> each(Resource resource, String namespace, UnaryOperator<ObjectNode> reduction) {
        return ask(Optional.of(Right.of("list", resource, namespace)), gateway -> {
            Map<String, ObjectNode> all = new LinkedHashMap<>();
            gateway.each(
                    resource,
                    namespace,
                    "",
                    "",
                    object -> all.put(
                            KubeObjects.namespace(object) + "/" + KubeObjects.name(object),
                            FrozenJson.of(reduction.apply(object))));
            return List.copyOf(all.values());
        });
    }

    /** Lists the objects of a kind in a namespace. They are read once. */
    public Fact<List<Document>> all(Resource resource, String namespace) {
        return once(lists, resource.plural() + "/" + namespace, key -> list(resource, namespace, ""));
    }

    /** Reads a Secret with its pull credentials; empty if it does not exist. It is read once. */
    public Fact<Optional<ReadSecret>> secret(String namespace, String name) {
        return once(
                secrets,
                namespace + "/" + name,
                key -> ask(
                        Optional.of(Right.of("get", "", "secrets", namespace).named(name)),
                        gateway ->
                                gateway.get(Resource.SECRETS, namespace, name).map(ReadSecret::of)));
    }

    /** Lists the Secrets of a namespace that have a type or key for pull credentials. They are read once. */
    public Fact<List<ReadSecret>> secrets(String namespace) {
        return once(
                secretLists,
                namespace,
                key -> ask(
                        Optional.of(Right.of("list", "", "secrets", namespace)),
                        gateway -> gateway.list(Resource.SECRETS, namespace, "", "").stream()
                                .map(ReadSecret::of)
                                .filter(ReadSecret::isForPulls)
                                .toList()));
    }

    /** Returns the cached value or computes it. No lock of the map is held during the request. */
    private static <T> T once(Map<String, Once<T>> cache, String key, Function<String, T> question) {
        return cache.computeIfAbsent(key, absent -> new Once<>(() -> question.apply(absent)))
                .get();
    }

    private <T> Fact<T> ask(Optional<Right> right, Function<ClusterGateway, T> question) {
        return unavailableReason()
                .map(Fact::<T>unknown)
                .orElseGet(() -> cluster.flatMap(gateway -> send(gateway, right, question)));
    }

    private <T> Fact<T> send(ClusterGateway gateway, Optional<Right> right, Function<ClusterGateway, T> question) {
        requests.incrementAndGet();
        try {
            return Fact.known(question.apply(gateway));
        } catch (ClusterException e) {
            if (e.kind() == Kind.INTERRUPTED) {
                throw e;
            }
            return right.map(each -> this.<T>unreadable(each, e)).orElseGet(() -> Fact.unknown(e.getMessage()));
        }
    }

    /**
     * Returns the unknown fact for an error. It names the right and the user, except for a cluster that does not answer
     * and for a snapshot, whose messages are complete.
     */
    private <T> Fact<T> unreadable(Right right, ClusterException e) {
        if (e.kind() == Kind.FORBIDDEN) {
            return identity().fold(me -> Fact.missing(right, me.user()), unknown -> Fact.missing(right));
        }
        return e.kind() == Kind.NOT_CAPTURED || unavailableReason().isPresent()
                ? Fact.unknown(e.getMessage())
                : Fact.unknown("could not " + right + ": " + e.getMessage());
    }

    private static Document document(Resource resource, String origin, ObjectNode object) {
        ObjectNode document = object;
        if (resource.equals(Resource.SECRETS)) {
            document = SecretKeys.of(object);
        } else if (!object.has("kind")) {
            document =
                    object.deepCopy().put("apiVersion", resource.apiVersion()).put("kind", resource.kind());
        }
        return Document.of(origin, document);
    }
}
