package io.jenkins.plugins.argopreflight.engine.argo;

import io.jenkins.plugins.argopreflight.engine.argo.model.ClusterObjects;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A cluster that holds just these objects, in every namespace. */
public final class FixedObjects implements ClusterObjects {

    private final Map<String, Document> objects = new HashMap<>();

    public FixedObjects add(Collection<Document> documents) {
        documents.forEach(document -> objects.put(document.kind() + "/" + document.name(), document));
        return this;
    }

    @Override
    public Fact<Optional<Document>> find(String kind, String namespace, String name) {
        return Fact.known(Optional.ofNullable(objects.get(kind + "/" + name)));
    }
}
