package io.jenkins.plugins.argopreflight.engine.workflow.model;

import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import java.util.Optional;

/**
 * Objects that a workflow refers to: given files first, then the cluster. Kinds asked for: WorkflowTemplate,
 * ClusterWorkflowTemplate, ConfigMap, ServiceAccount, Secret.
 */
@FunctionalInterface
public interface ClusterObjects {

    /**
     * One object: known and absent, known and there, or Unknown because it could not be checked.
     *
     * @param namespace "" for a ClusterWorkflowTemplate
     */
    Fact<Optional<Document>> find(String kind, String namespace, String name);
}
