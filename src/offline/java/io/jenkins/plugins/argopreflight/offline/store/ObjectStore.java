package io.jenkins.plugins.argopreflight.offline.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.rights.Rbac;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Objects by their key, in etcd's order; what goes in and out is copied. */
public final class ObjectStore {

    private static final String RBAC = "rbac.authorization.k8s.io/";

    private final NavigableMap<String, ObjectNode> objects = new TreeMap<>();
    private long revision = 1;

    private static String key(Resource resource, String namespace, String name) {
        return key(resource.group() + "/" + resource.plural(), resource.namespaced() ? namespace : "", name);
    }

    private static String key(String resource, String namespace, String name) {
        return resource + "/" + namespace + "/" + name;
    }

    public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        return Optional.ofNullable(objects.get(key(resource, namespace, name))).map(ObjectNode::deepCopy);
    }

    /** All of a resource in a namespace, "" for every namespace, that meet the selectors, "" for any. */
    public List<ObjectNode> list(Resource resource, String namespace, String labelSelector, String fieldSelector) {
        Predicate<ObjectNode> wanted = Selectors.labels(labelSelector).and(Selectors.fields(fieldSelector));
        String all = resource.group() + "/" + resource.plural() + "/";
        boolean everywhere = namespace.isEmpty() || !resource.namespaced();
        return below(everywhere ? all : all + namespace + "/").stream()
                .filter(wanted)
                .map(ObjectNode::deepCopy)
                .toList();
    }

    private Collection<ObjectNode> below(String prefix) {
        return objects.subMap(prefix, prefix + Character.MAX_VALUE).values();
    }

    public List<ObjectNode> inNamespace(String namespace) {
        List<ObjectNode> found = new ArrayList<>();
        objects.forEach((key, object) -> {
            if (key.split("/", -1)[2].equals(namespace)) {
                found.add(object.deepCopy());
            }
        });
        return found;
    }

    /** Stores it in the namespace of its metadata. */
    public void put(Resource resource, ObjectNode object) {
        objects.put(key(resource, Objects.namespace(object), Objects.name(object)), object.deepCopy());
    }

    public void remove(Resource resource, String namespace, String name) {
        objects.remove(key(resource, namespace, name));
    }

    /** A resourceVersion larger than all before. */
    public String nextRevision() {
        return Long.toString(++revision);
    }

    /** What its Roles and bindings allow, as they are at the time of the question. */
    public Rbac rbac() {
        return new Rbac(new Rbac.Source() {
            @Override
            public Collection<ObjectNode> bindings(String namespace) {
                String plural = namespace.isEmpty() ? "clusterrolebindings" : "rolebindings";
                return below(key(RBAC + plural, namespace, ""));
            }

            @Override
            public Optional<ObjectNode> role(String namespace, String name) {
                String plural = namespace.isEmpty() ? "clusterroles" : "roles";
                return Optional.ofNullable(objects.get(key(RBAC + plural, namespace, name)));
            }
        });
    }
}
