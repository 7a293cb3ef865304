package io.jenkins.plugins.argopreflight.engine.argo.model;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.Optional;

/**
 * A source of the objects to which a workflow refers: files first, then the cluster. It is asked for objects of the
 * kinds WorkflowTemplate, ClusterWorkflowTemplate, ConfigMap, ServiceAccount and Secret.
 */
@FunctionalInterface
public interface ClusterObjects {

    /**
     * Returns an object, or empty if it does not exist; Unknown if it could not be checked.
     *
     * @param namespace namespace of the object, "" for a ClusterWorkflowTemplate
     */
    Fact<Optional<Document>> find(String kind, String namespace, String name);
}
