package io.jenkins.plugins.argopreflight.engine.facts.object;

import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objects of the files to check, which are treated as applied to the cluster. If several have the same kind and
 * name, the last one is used.
 */
public final class FileObjects {

    private record Key(String kind, String name) {}

    private final String defaultNamespace;
    private final Map<String, List<Document>> kinds = new HashMap<>();
    private final Map<Key, List<Document>> names = new HashMap<>();

    /**
     * Creates an index of the documents.
     *
     * @param defaultNamespace the namespace of documents without a namespace
     */
    public FileObjects(List<Document> documents, String defaultNamespace) {
        this.defaultNamespace = defaultNamespace;
        for (Document document : documents) {
            String kind = document.kind();
            kinds.computeIfAbsent(kind, key -> new ArrayList<>()).add(document);
            names.computeIfAbsent(new Key(kind, document.name()), key -> new ArrayList<>())
                    .add(document);
        }
    }

    /** Returns the objects of a kind. The namespace is ignored for a kind without namespaces. */
    public List<Document> all(Resource resource, String namespace) {
        return kinds.getOrDefault(resource.kind(), List.of()).stream()
                .filter(document -> isIn(document, resource, namespace))
                .toList();
    }

    public Optional<Document> find(Resource resource, String namespace, String name) {
        return findByName(resource, name).stream()
                .filter(document -> isIn(document, resource, namespace))
                .reduce((first, last) -> last);
    }

    /** Returns the objects of this name in any namespace. */
    List<Document> findByName(Resource resource, String name) {
        return names.getOrDefault(new Key(resource.kind(), name), List.of());
    }

    String namespace(Document document) {
        return document.namespace().isEmpty() ? defaultNamespace : document.namespace();
    }

    /** Returns whether a document is in a namespace. A cluster-scoped object is in each namespace. */
    private boolean isIn(Document document, Resource resource, String namespace) {
        return !resource.namespaced() || namespace(document).equals(namespace);
    }
}
