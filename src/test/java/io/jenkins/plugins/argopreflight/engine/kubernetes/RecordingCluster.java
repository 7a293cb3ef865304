package io.jenkins.plugins.argopreflight.engine.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records every request, and has one object of each kind in each of a few namespaces, unless it shall fail. */
final class RecordingCluster implements ClusterGateway {

    final List<String> requests = new ArrayList<>();
    Optional<ClusterException> failure = Optional.empty();
    private final List<String> namespaces;

    RecordingCluster(String... namespaces) {
        this.namespaces = List.of(namespaces);
    }

    @Override
    public String server() {
        return "recording";
    }

    private void record(String request) {
        requests.add(request);
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    @Override
    public String version() {
        record("version");
        return "v1.34.4";
    }

    @Override
    public Optional<ClusterGateway> as(Identity who) {
        requests.add("as " + who.user());
        return Optional.of(this);
    }

    @Override
    public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        record("get " + resource.plural() + " " + namespace + "/" + name);
        return Optional.of(KubeObjects.of(resource, namespace, name));
    }

    @Override
    public List<ObjectNode> list(Resource resource, String namespace, String labelSelector, String fieldSelector) {
        record("list " + resource.plural() + " " + namespace);
        return resource.equals(Resource.NAMESPACES)
                ? namespaces.stream()
                        .map(name -> KubeObjects.of(resource, "", name))
                        .toList()
                : namespaces.stream()
                        .filter(in -> namespace.isEmpty() || in.equals(namespace))
                        .map(in -> KubeObjects.of(resource, in, "object"))
                        .toList();
    }

    @Override
    public List<String> log(String namespace, String pod, String container, int lines) {
        record("log " + namespace + "/" + pod);
        return List.of();
    }

    @Override
    public ObjectNode create(Resource resource, ObjectNode object, WriteMode mode) {
        record("create " + resource.plural() + " " + KubeObjects.namespace(object));
        return object;
    }

    @Override
    public ObjectNode replace(Resource resource, ObjectNode object, WriteMode mode) {
        record("replace " + resource.plural() + " " + KubeObjects.namespace(object));
        return object;
    }

    @Override
    public void delete(
            Resource resource, String namespace, String name, String uid, String resourceVersion, WriteMode mode) {
        record("delete " + resource.plural() + " " + namespace + "/" + name);
    }

    @Override
    public void close() {
        requests.add("close");
    }
}
