package io.jenkins.plugins.argopreflight.engine.collect.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.collect.right.ArgoGrant;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import java.util.List;
import java.util.Optional;

/** A workflow as it can be tried on an API server. */
final class WorkflowTrial {

    static final Resource WORKFLOWS = new Resource(ArgoGrant.ARGO, "v1alpha1", "workflows", "Workflow", true);

    private static final List<String> SERVER_SET =
            List.of("resourceVersion", "uid", "creationTimestamp", "managedFields");

    private WorkflowTrial() {}

    /** Only what will be created as it stands: a Workflow; what has no metadata is none. What is not changed is shared. */
    static Optional<ObjectNode> of(WorkflowFacts workflow) {
        ObjectNode root = workflow.document().root();
        if (!workflow.document().kind().equals("Workflow")
                || workflow.document().locate("").line() == 0
                || !root.path("metadata").isObject()) {
            return Optional.empty();
        }
        ObjectNode object = root.objectNode();
        object.setAll(root);
        ObjectNode metadata = object.putObject("metadata");
        metadata.setAll((ObjectNode) root.path("metadata"));
        metadata.put("namespace", workflow.namespace());
        metadata.remove(SERVER_SET);
        return Optional.of(object);
    }
}
