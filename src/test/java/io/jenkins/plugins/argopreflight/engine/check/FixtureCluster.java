package io.jenkins.plugins.argopreflight.engine.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import java.util.List;
import java.util.Optional;

/**
 * The objects of a fixture's folder. Without a list in {@code snapshot.yaml} every kind that occurs is complete, and
 * the others are forbidden to look at.
 */
final class FixtureCluster implements ClusterGateway {

    private final List<Document> objects;
    private final JsonNode complete;

    FixtureCluster(List<Document> objects, JsonNode complete) {
        this.objects = objects;
        this.complete = complete;
    }

    @Override
    public String version() {
        return "v1.34.4";
    }

    @Override
    public String server() {
        return "fixture";
    }

    @Override
    public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        return list(resource, namespace, "", "").stream()
                .filter(object -> object.path("metadata").path("name").asText().equals(name))
                .findFirst();
    }

    @Override
    public List<ObjectNode> list(Resource resource, String namespace, String labelSelector, String fieldSelector) {
        if (!isComplete(resource, namespace)) {
            throw new ClusterException(ClusterException.Kind.FORBIDDEN, resource.plural() + " is forbidden");
        }
        return objects.stream()
                .filter(object -> object.kind().equals(resource.kind())
                        && (!resource.namespaced()
                                || namespace.isEmpty()
                                || object.namespace().equals(namespace)))
                .map(Document::root)
                .toList();
    }

    private boolean isComplete(Resource resource, String namespace) {
        if (complete.isEmpty()) {
            return objects.stream().anyMatch(object -> object.kind().equals(resource.kind()));
        }
        String name = resource.group().isEmpty() ? resource.plural() : resource.plural() + "." + resource.group();
        for (JsonNode part : complete) {
            if (contains(part.path("resources"), name)
                    && (!resource.namespaced() || contains(part.path("namespaces"), namespace))) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(JsonNode list, String text) {
        for (JsonNode each : list) {
            if (each.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public ObjectNode create(Resource resource, ObjectNode object, WriteMode mode) {
        throw new ClusterException(ClusterException.Kind.FORBIDDEN, "a fixture cannot be changed");
    }

    @Override
    public ObjectNode replace(Resource resource, ObjectNode object, WriteMode mode) {
        return create(resource, object, mode);
    }

    @Override
    public void delete(Resource resource, String namespace, String name, String uid, String version, WriteMode mode) {
        throw new ClusterException(ClusterException.Kind.FORBIDDEN, "a fixture cannot be changed");
    }

    @Override
    public void close() {}
}
