package io.jenkins.plugins.argopreflight.offline.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.testing.server.ApiClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A real server's objects, each kind read once. */
final class ServerObjects implements AdmissionObjects {

    private final ApiClient api;
    private final Map<String, List<ObjectNode>> read = new ConcurrentHashMap<>();

    ServerObjects(ApiClient api) {
        this.api = api;
    }

    @Override
    public Fact<Optional<ObjectNode>> get(Resource resource, String namespace, String name) {
        return Fact.known(all(resource, namespace).stream()
                .filter(object -> KubeObjects.name(object).equals(name))
                .findFirst());
    }

    @Override
    public Fact<List<ObjectNode>> list(Resource resource, String namespace) {
        return Fact.known(all(resource, namespace));
    }

    private List<ObjectNode> all(Resource resource, String namespace) {
        return read.computeIfAbsent(path(resource, namespace), path -> {
            List<ObjectNode> objects = new ArrayList<>();
            api.get(path).path("items").forEach(item -> objects.add((ObjectNode) item));
            return objects;
        });
    }

    static String path(Resource resource, String namespace) {
        return (resource.group().isEmpty() ? "/api/" : "/apis/") + resource.apiVersion() + "/"
                + (resource.namespaced() ? "namespaces/" + namespace + "/" : "") + resource.plural();
    }
}
