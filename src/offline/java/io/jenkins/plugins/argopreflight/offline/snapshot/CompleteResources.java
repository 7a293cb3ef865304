package io.jenkins.plugins.argopreflight.offline.snapshot;

import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.List;

/**
 * Resources that were read completely: objects of them that are not in the snapshot did not exist.
 *
 * @param namespaces the namespaces; empty for all, and for kinds without namespaces
 * @param resources plurals with their groups, as {@link Resource#qualified}
 * @param names the names of the only objects that were read; empty for all
 */
public record CompleteResources(List<String> namespaces, List<String> resources, List<String> names) {

    public CompleteResources {
        namespaces = List.copyOf(namespaces);
        resources = List.copyOf(resources);
        names = List.copyOf(names);
    }

    /** Returns whether all objects of the resource are known in a namespace; "" for all namespaces. */
    boolean coversAll(Resource resource, String namespace) {
        return names.isEmpty() && coversIn(resource, namespace);
    }

    boolean covers(Resource resource, String namespace, String name) {
        return (names.isEmpty() || names.contains(name)) && coversIn(resource, namespace);
    }

    private boolean coversIn(Resource resource, String namespace) {
        return resources.contains(resource.qualified())
                && (!resource.namespaced() || namespaces.isEmpty() || namespaces.contains(namespace));
    }
}
