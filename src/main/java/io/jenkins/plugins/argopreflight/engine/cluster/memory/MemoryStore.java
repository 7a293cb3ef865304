package io.jenkins.plugins.argopreflight.engine.cluster.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Objects by their key, in etcd's order; what goes in and out is copied. */
final class MemoryStore {

    private final NavigableMap<String, ObjectNode> objects = new TreeMap<>();
    private long revision = 1;

    static String key(String group, String plural, String namespace, String name) {
        return group + "/" + plural + "/" + namespace + "/" + name;
    }

    Optional<ObjectNode> get(String group, String plural, String namespace, String name) {
        return Optional.ofNullable(objects.get(key(group, plural, namespace, name)))
                .map(ObjectNode::deepCopy);
    }

    /** All of a resource in a namespace; "" for every namespace. */
    List<ObjectNode> list(String group, String plural, String namespace) {
        String prefix = group + "/" + plural + "/" + (namespace.isEmpty() ? "" : namespace + "/");
        List<ObjectNode> found = new ArrayList<>();
        objects.subMap(prefix, prefix + Character.MAX_VALUE).values().forEach(object -> found.add(object.deepCopy()));
        return found;
    }

    List<ObjectNode> inNamespace(String namespace) {
        List<ObjectNode> found = new ArrayList<>();
        objects.forEach((key, object) -> {
            if (key.split("/", -1)[2].equals(namespace)) {
                found.add(object.deepCopy());
            }
        });
        return found;
    }

    void put(String key, ObjectNode object) {
        objects.put(key, object.deepCopy());
    }

    void remove(String key) {
        objects.remove(key);
    }

    /** A resourceVersion larger than all before. */
    String nextRevision() {
        return Long.toString(++revision);
    }
}
