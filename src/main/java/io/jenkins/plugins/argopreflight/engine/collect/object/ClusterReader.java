package io.jenkins.plugins.argopreflight.engine.collect.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.cluster.Once;
import io.jenkins.plugins.argopreflight.engine.cluster.OutageGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.rights.WhoAmI;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.ReadSecret;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FrozenJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Reads a cluster's objects as facts, each object once; a cluster that does not answer is asked no second time. */
public final class ClusterReader {

    private final Fact<OutageGateway> cluster;
    private final Map<String, Once<Fact<Optional<Document>>>> read = new ConcurrentHashMap<>();
    private final Map<String, Once<Fact<Optional<ReadSecret>>>> secrets = new ConcurrentHashMap<>();
    private final Map<String, Once<Fact<List<ReadSecret>>>> secretLists = new ConcurrentHashMap<>();
    private final Map<String, Once<Fact<List<Document>>>> lists = new ConcurrentHashMap<>();
    private final Once<Fact<Identity>> who = new Once<>(() -> cluster().flatMap(WhoAmI::ask));
    private final AtomicInteger requests = new AtomicInteger();

    /** @param cluster Unknown when there is none to ask, with the reason that is reported for each object */
    public ClusterReader(Fact<ClusterGateway> cluster) {
        this.cluster = cluster.map(OutageGateway::new);
    }

    /** The cluster for all else that this run asks it: once it does not answer, it is not asked again. */
    public Fact<ClusterGateway> cluster() {
        return cluster.map(gateway -> gateway);
    }

    /** Whom the API server takes us for: asked once. */
    public Fact<Identity> who() {
        return who.get();
    }

    public int requests() {
        return requests.get();
    }

    /** Why there is no answer to be had from the cluster; empty when there is. */
    public Optional<String> silence() {
        return cluster.fold(OutageGateway::outage, none -> Optional.of(none.reason()));
    }

    /** The API server's version. */
    public Fact<String> version() {
        return ask(Optional.empty(), gateway -> gateway.version());
    }

    /** What is informed of Argo's controller apart from the cluster's objects. */
    public Optional<ArgoInstallation> argo() {
        return cluster.ifKnown().flatMap(ClusterGateway::argo);
    }

    /** Images that the nodes pull with credentials of their own, as far as the cluster itself says so. */
    public List<String> nodeCredentials() {
        return cluster.ifKnown().map(ClusterGateway::nodeCredentials).orElse(List.of());
    }

    /** One object, known to be there or not. Of a Secret its type and the names of its keys are kept. */
    public Fact<Optional<Document>> get(Resource resource, String namespace, String name) {
        String origin = resource.kind() + " \"" + name + "\""
                + (resource.namespaced() ? " in namespace " + namespace : "") + " of the cluster";
        return once(
                read,
                origin,
                key -> ask(
                        Optional.of(Right.of("get", resource, namespace).named(name)),
                        gateway ->
                                gateway.get(resource, namespace, name).map(object -> document(resource, key, object))));
    }

    /** All objects of a kind in a namespace. */
    public Fact<List<Document>> list(Resource resource, String namespace, String labelSelector) {
        return list(resource, namespace, labelSelector, "");
    }

    /** All objects of a kind in a namespace, with these labels and fields. */
    public Fact<List<Document>> list(Resource resource, String namespace, String labelSelector, String fieldSelector) {
        return ask(
                Optional.of(Right.of("list", resource, namespace)),
                gateway -> gateway.list(resource, namespace, labelSelector, fieldSelector).stream()
                        .map(object -> document(
                                resource,
                                resource.kind() + " \"" + Objects.name(object) + "\" in namespace " + namespace
                                        + " of the cluster",
                                object))
                        .toList());
    }

    /**
     * All objects of a kind in a namespace, one after the other.
     *
     * @param kept what to keep of each
     */
    public Fact<List<ObjectNode>> each(Resource resource, String namespace, UnaryOperator<ObjectNode> kept) {
        return ask(Optional.of(Right.of("list", resource, namespace)), gateway -> {
            Map<String, ObjectNode> all = new LinkedHashMap<>();
            gateway.each(
                    resource,
                    namespace,
                    "",
                    "",
                    object -> all.put(
                            Objects.namespace(object) + "/" + Objects.name(object), FrozenJson.of(kept.apply(object))));
            return List.copyOf(all.values());
        });
    }

    /** All objects of a kind in a namespace, asked for once. */
    public Fact<List<Document>> all(Resource resource, String namespace) {
        return once(lists, resource.plural() + "/" + namespace, key -> list(resource, namespace, ""));
    }

    /** One Secret as pulls read it; equal questions are asked once. */
    public Fact<Optional<ReadSecret>> secret(String namespace, String name) {
        return once(
                secrets,
                namespace + "/" + name,
                key -> ask(
                        Optional.of(Right.of("get", "", "secrets", namespace).named(name)),
                        gateway ->
                                gateway.get(Resource.SECRETS, namespace, name).map(ReadSecret::of)));
    }

    /** Every Secret of a namespace that holds credentials for pulls, or was meant to. */
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

    /** No map is locked while someone waits for the cluster. */
    private static <T> T once(Map<String, Once<T>> known, String key, Function<String, T> question) {
        return known.computeIfAbsent(key, asked -> new Once<>(() -> question.apply(asked)))
                .get();
    }

    private <T> Fact<T> ask(Optional<Right> right, Function<ClusterGateway, T> question) {
        return silence()
                .map(Fact::<T>unknown)
                .orElseGet(() -> cluster.flatMap(gateway -> asked(gateway, right, question)));
    }

    private <T> Fact<T> asked(ClusterGateway gateway, Optional<Right> right, Function<ClusterGateway, T> question) {
        requests.incrementAndGet();
        try {
            return Fact.known(question.apply(gateway));
        } catch (ClusterException e) {
            if (e.kind() == Kind.INTERRUPTED) {
                throw e;
            }
            return right.map(each -> this.<T>unread(each, e)).orElseGet(() -> Fact.unknown(e.getMessage()));
        }
    }

    /** Who could not read what, and why; a cluster that does not answer, and a snapshot, have words of their own. */
    private <T> Fact<T> unread(Right right, ClusterException e) {
        if (e.kind() == Kind.FORBIDDEN) {
            return who().fold(me -> Fact.missing(right, me.user()), unknown -> Fact.missing(right));
        }
        return e.kind() == Kind.NOT_CAPTURED || silence().isPresent()
                ? Fact.unknown(e.getMessage())
                : Fact.unknown("could not " + right + ": " + e.getMessage());
    }

    private static Document document(Resource resource, String origin, ObjectNode object) {
        ObjectNode kept = object;
        if (resource.equals(Resource.SECRETS)) {
            kept = SecretKeys.of(object);
        } else if (!object.has("kind")) {
            kept = object.deepCopy().put("apiVersion", resource.apiVersion()).put("kind", resource.kind());
        }
        return Document.of(origin, kept);
    }
}
