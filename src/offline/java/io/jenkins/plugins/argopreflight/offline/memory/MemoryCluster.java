package io.jenkins.plugins.argopreflight.offline.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import io.jenkins.plugins.argopreflight.offline.store.ApiErrors;
import io.jenkins.plugins.argopreflight.offline.store.ObjectStore;
import io.jenkins.plugins.argopreflight.offline.store.Reviews;
import io.jenkins.plugins.argopreflight.offline.store.StoredKinds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A cluster in memory that answers like a kube-apiserver, with its messages, as far as this project depends on it. The
 * demo and tests use it. Everything is allowed, except what {@link #actAs} or {@link #deny} exclude. Safe for
 * concurrent use.
 */
public final class MemoryCluster implements ClusterGateway {

    private final String server;
    private final ObjectStore store = new ObjectStore();
    private final List<String> requests = new ArrayList<>();
    private final MemoryLive live = new MemoryLive(this);
    private volatile String version = "v1.34.4";
    private MemoryRights rights = new MemoryRights(
            new Identity("kubernetes-admin", List.of("system:masters", "system:authenticated")), store.rbac());

    /**
     * Creates an empty cluster.
     *
     * @param server the result of {@link #server()}, for messages
     */
    public MemoryCluster(String server) {
        this.server = server;
    }

    /** Creates a cluster with the objects of YAML or JSON texts. */
    public static MemoryCluster of(String... manifests) {
        MemoryCluster cluster = new MemoryCluster("memory");
        for (String manifest : manifests) {
            cluster.load(manifest);
        }
        return cluster;
    }

    /**
     * Adds or replaces objects, without a check of rights. The namespace of an object is created if it does not exist,
     * and each namespace gets its ServiceAccount {@code default}, as kube-controller-manager creates it.
     */
    public void load(String manifest) {
        ObjectFiles.parse(manifest, "manifest").forEach(this::put);
    }

    /** Sets the user of all later requests, who has the rights that the Roles and bindings of this cluster grant. */
    public synchronized void actAs(String user, String... groups) {
        rights = new MemoryRights(new Identity(user, List.of(groups)), store.rbac());
    }

    /** Sets the result of {@link #version()}. */
    public void setVersion(String gitVersion) {
        version = gitVersion;
    }

    /**
     * Removes a right from the current user. An empty or {@code *} verb, resource, namespace or name stands for all;
     * group and subresource must be equal to those of a request.
     */
    public synchronized void deny(Right right) {
        rights.deny(right);
    }

    /** Sets the log of a container, whose lines begin with their time. */
    public void setLog(String namespace, String pod, String container, String log) {
        live.setLog(namespace, pod, container, log);
    }

    /**
     * Returns all requests in their order, such as {@code get secrets ci/regcred}, with {@code (dry run)} after a dry
     * run.
     */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    private synchronized void put(ObjectNode object) {
        Resource resource = StoredKinds.resource(object);
        String namespace = resource.namespaced() ? KubeObjects.namespace(object) : "";
        if (resource.namespaced() && namespace.isEmpty()) {
            namespace = "default";
            KubeObjects.metadata(object).put("namespace", namespace);
        }
        if (resource.namespaced()
                && store.get(Resource.NAMESPACES, "", namespace).isEmpty()) {
            put(KubeObjects.of(Resource.NAMESPACES, "", namespace));
        }
        if (resource.equals(Resource.SECRETS)) {
            SecretRules.admit(object);
        }
        stamp(resource, object);
        store(resource, object);
        String name = KubeObjects.name(object);
        if (resource.equals(Resource.NAMESPACES)
                && store.get(Resource.SERVICE_ACCOUNTS, name, "default").isEmpty()) {
            put(KubeObjects.of(Resource.SERVICE_ACCOUNTS, name, "default"));
        }
    }

    @Override
    public String server() {
        return server;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Optional<LiveCluster> live() {
        return Optional.of(live);
    }

    @Override
    public synchronized Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        log("get", resource, namespace, name, WriteMode.REAL);
        check("get", resource, namespace, name);
        return store.get(resource, namespace, name);
    }

    @Override
    public synchronized List<ObjectNode> list(
            Resource resource, String namespace, String labelSelector, String fieldSelector) {
        log("list", resource, namespace, "", WriteMode.REAL);
        check("list", resource, namespace, "");
        return store.list(resource, namespace, labelSelector, fieldSelector);
    }

    @Override
    public synchronized ObjectNode create(Resource resource, ObjectNode object, WriteMode mode) {
        if (Reviews.isReview(resource)) {
            return review(resource, object);
        }
        ObjectNode created = object.deepCopy();
        String namespace = resource.namespaced() ? KubeObjects.namespace(object) : "";
        String name = KubeObjects.name(object);
        log("create", resource, namespace, name, mode);
        check("create", resource, namespace, "");
        if (resource.namespaced()) {
            ObjectNode in = store.get(Resource.NAMESPACES, "", namespace)
                    .orElseThrow(() -> ApiErrors.notFound(Resource.NAMESPACES, namespace));
            if (KubeObjects.isTerminating(in)) {
                throw ApiErrors.terminating(resource, name, namespace);
            }
        }
        admit(resource, created, Optional.empty());
        if (store.get(resource, namespace, name).isPresent()) {
            throw ApiErrors.alreadyExists(resource, name);
        }
        stamp(resource, created);
        return storeUnlessDryRun(mode, resource, created);
    }

    private ObjectNode review(Resource resource, ObjectNode object) {
        requests.add("create " + resource.plural());
        // Authenticated users can review their own rights.
        if (!resource.plural().startsWith("self")) {
            check("create", resource, resource.namespaced() ? KubeObjects.namespace(object) : "", "");
        }
        return new Reviews(rights).answer(object);
    }

    @Override
    public synchronized ObjectNode replace(Resource resource, ObjectNode object, WriteMode mode) {
        String namespace = resource.namespaced() ? KubeObjects.namespace(object) : "";
        String name = KubeObjects.name(object);
        log("update", resource, namespace, name, mode);
        check("update", resource, namespace, name);
        ObjectNode old = store.get(resource, namespace, name).orElseThrow(() -> ApiErrors.notFound(resource, name));
        ObjectNode updated = object.deepCopy();
        Preconditions.replace(resource, old, updated);
        admit(resource, updated, Optional.of(old));
        ObjectNode metadata = KubeObjects.metadata(updated);
        for (String field : List.of("uid", "creationTimestamp", "resourceVersion")) {
            metadata.put(field, Json.text(old, "metadata", field));
        }
        if (updated.equals(old)) {
            return old;
        }
        metadata.put("resourceVersion", store.nextRevision());
        return storeUnlessDryRun(mode, resource, updated);
    }

    @Override
    public synchronized void delete(
            Resource resource, String namespace, String name, String uid, String resourceVersion, WriteMode mode) {
        log("delete", resource, namespace, name, mode);
        check("delete", resource, namespace, name);
        ObjectNode old = store.get(resource, namespace, name).orElseThrow(() -> ApiErrors.notFound(resource, name));
        Preconditions.delete(resource, old, uid, resourceVersion);
        if (mode == WriteMode.REAL) {
            remove(resource, old);
        }
    }

    /**
     * Deletes an object. An object with finalizers stays and is terminating; a namespace stays as long as it contains
     * such an object.
     */
    private void remove(Resource resource, ObjectNode stored) {
        ObjectNode object = stored.deepCopy();
        String name = KubeObjects.name(object);
        boolean isBlocked = !object.path("metadata").path("finalizers").isEmpty();
        if (resource.equals(Resource.NAMESPACES)) {
            for (ObjectNode inside : store.inNamespace(name)) {
                remove(StoredKinds.resource(inside), inside);
            }
            isBlocked = !store.inNamespace(name).isEmpty();
            object.putObject("status").put("phase", "Terminating");
        }
        if (isBlocked) {
            KubeObjects.metadata(object).put("deletionTimestamp", now()).put("resourceVersion", store.nextRevision());
            store(resource, object);
        } else {
            store.remove(resource, KubeObjects.namespace(object), name);
            KubeObjects.metadata(object).put("resourceVersion", store.nextRevision());
            live.removed(resource, FrozenJson.of(object));
        }
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @Override
    public void close() {
        // There is nothing to close.
    }

    ObjectStore objects() {
        return store;
    }

    /** Records a request, and checks its right. */
    void ask(String verb, Resource resource, String namespace, String name) {
        log(verb, resource, namespace, name, WriteMode.REAL);
        check(verb, resource, namespace, name);
    }

    private void log(String verb, Resource resource, String namespace, String name, WriteMode mode) {
        String path = (namespace.isEmpty() ? "" : namespace + "/") + name;
        String request = (verb + " " + resource.plural() + " " + path).strip();
        requests.add(mode == WriteMode.DRY_RUN ? request + " (dry run)" : request);
    }

    private void check(String verb, Resource resource, String namespace, String name) {
        // The API server treats a request for a namespace as a request in that namespace.
        String in = resource.equals(Resource.NAMESPACES) ? name : namespace;
        String[] parts = resource.plural().split("/");
        rights.check(new Right(verb, resource.group(), parts[0], parts.length > 1 ? parts[1] : "", in, name));
    }

    private static void admit(Resource resource, ObjectNode object, Optional<ObjectNode> old) {
        if (resource.equals(Resource.SECRETS)) {
            SecretRules.admit(object);
            SecretRules.validate(object, old);
        }
    }

    private void stamp(Resource resource, ObjectNode object) {
        ObjectNode metadata = KubeObjects.metadata(object);
        if (KubeObjects.uid(object).isEmpty()) {
            metadata.put("uid", UUID.randomUUID().toString());
        }
        metadata.put("resourceVersion", store.nextRevision());
        if (Json.text(object, "metadata", "creationTimestamp").isEmpty()) {
            metadata.put("creationTimestamp", now());
        }
        if (resource.equals(Resource.NAMESPACES)) {
            object.withObject("/metadata/labels").put("kubernetes.io/metadata.name", KubeObjects.name(object));
            if (Json.text(object, "status", "phase").isEmpty()) {
                object.putObject("status").put("phase", "Active");
            }
        }
    }

    void store(Resource resource, ObjectNode object) {
        Optional<ObjectNode> before = store.get(resource, KubeObjects.namespace(object), KubeObjects.name(object));
        store.put(resource, object);
        live.stored(resource, before, FrozenJson.of(object));
    }

    private ObjectNode storeUnlessDryRun(WriteMode mode, Resource resource, ObjectNode object) {
        if (mode == WriteMode.REAL) {
            store(resource, object);
        }
        return FrozenJson.of(object);
    }
}
