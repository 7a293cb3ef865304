package io.jenkins.plugins.argopreflight.engine.workflow;

import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ClusterObjects;
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
