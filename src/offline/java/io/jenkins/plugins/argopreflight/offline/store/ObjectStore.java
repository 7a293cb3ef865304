package io.jenkins.plugins.argopreflight.offline.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.Rbac;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.yaml.CompactJson;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A store of objects in the order of etcd's keys. Objects are copied when they are stored, and cannot be changed when
 * they are read.
 */
public final class ObjectStore {

    private static final String RBAC = "rbac.authorization.k8s.io/";

    /**
     * The resources that are stored compressed. Clusters have many and large objects of them, which are read one at a
     * time.
     */
    private static final Set<Resource> PACKED = Set.of(Resource.NODES, Resource.PODS);

    private final NavigableMap<String, Stored> objects = new TreeMap<>();
    private final CompactJson compact = CompactJson.uncharged();
    private long revision = 1;

    /**
     * A stored object.
     *
     * @param namespace "" for an object without a namespace
     * @param content supplies the object, which cannot be changed
     */
    private record Stored(String namespace, Supplier<ObjectNode> content) {

        ObjectNode read() {
            return content.get();
        }
    }

    private static String key(Resource resource, String namespace, String name) {
        return key(resource.group() + "/" + resource.plural(), resource.namespaced() ? namespace : "", name);
    }

    private static String key(String resource, String namespace, String name) {
        return resource + "/" + namespace + "/" + name;
    }

    public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        return Optional.ofNullable(objects.get(key(resource, namespace, name))).map(Stored::read);
    }

    /**
     * Returns the objects of a resource in a namespace that match the selectors; "" for all namespaces, and for no
     * selector.
     */
    public List<ObjectNode> list(Resource resource, String namespace, String labelSelector, String fieldSelector) {
        return stream(resource, namespace, labelSelector, fieldSelector).toList();
    }

    /** Returns a stream of the objects of a resource; the parameters are those of {@link #list}. */
    public Stream<ObjectNode> stream(Resource resource, String namespace, String labelSelector, String fieldSelector) {
        Predicate<ObjectNode> matches = Selectors.labels(labelSelector).and(Selectors.fields(fieldSelector));
        String prefix = resource.group() + "/" + resource.plural() + "/";
        boolean everywhere = namespace.isEmpty() || !resource.namespaced();
        return withPrefix(everywhere ? prefix : prefix + namespace + "/").filter(matches);
    }

    private Stream<ObjectNode> withPrefix(String prefix) {
        return objects.subMap(prefix, prefix + Character.MAX_VALUE).values().stream()
                .map(Stored::read);
    }

    public List<ObjectNode> inNamespace(String namespace) {
        return objects.values().stream()
                .filter(object -> object.namespace().equals(namespace))
                .map(Stored::read)
                .toList();
    }

    /** Stores an object in the namespace of its metadata. */
    public void put(Resource resource, ObjectNode object) {
        String namespace = resource.namespaced() ? KubeObjects.namespace(object) : "";
        objects.put(
                key(resource, namespace, KubeObjects.name(object)), new Stored(namespace, content(resource, object)));
    }

    private Supplier<ObjectNode> content(Resource resource, ObjectNode object) {
        if (PACKED.contains(resource)) {
            PackedObject packed = PackedObject.of(object);
            return () -> FrozenJson.of(packed.object());
        }
        ObjectNode tree = compact.of(object);
        return () -> tree;
    }

    public void remove(Resource resource, String namespace, String name) {
        objects.remove(key(resource, namespace, name));
    }

    /** Returns a resourceVersion that is greater than all before. */
    public String nextRevision() {
        return Long.toString(++revision);
    }

    /** Returns the rights that the stored Roles and bindings grant at the time of a query. */
    public Rbac rbac() {
        return new Rbac(new Rbac.Source() {
            @Override
            public Collection<ObjectNode> bindings(String namespace) {
                String plural = namespace.isEmpty() ? "clusterrolebindings" : "rolebindings";
                return withPrefix(key(RBAC + plural, namespace, "")).toList();
            }

            @Override
            public Optional<ObjectNode> role(String namespace, String name) {
                String plural = namespace.isEmpty() ? "clusterroles" : "roles";
                return Optional.ofNullable(objects.get(key(RBAC + plural, namespace, name)))
                        .map(Stored::read);
            }
        });
    }
}
