package io.jenkins.plugins.argopreflight.engine.collect.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.field.FieldWalk;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A workflow, or a manifest of Argo that holds one, as it can be tried on an API server. */
final class WorkflowTrial {

    private static final List<String> SERVER_SET =
            List.of("resourceVersion", "uid", "creationTimestamp", "managedFields");

    private static final Map<String, Resource> RESOURCES = Map.of(
            Resource.WORKFLOWS.kind(), Resource.WORKFLOWS,
            Resource.CRON_WORKFLOWS.kind(), Resource.CRON_WORKFLOWS,
            Resource.WORKFLOW_TEMPLATES.kind(), Resource.WORKFLOW_TEMPLATES);

    private WorkflowTrial() {}

    /** What it is; empty for what the API server does not get from the given files, and for what has no metadata. */
    static Optional<Resource> resource(WorkflowFacts workflow) {
        return Optional.ofNullable(RESOURCES.get(workflow.document().kind()))
                .filter(resource -> workflow.creator().isEmpty()
                        && (workflow.document().isInFile() || workflow.isMadeByTrigger())
                        && workflow.document().root().path("metadata").isObject());
    }

    /** The object. What is not changed is shared. */
    static ObjectNode of(WorkflowFacts workflow, Resource resource) {
        ObjectNode root = workflow.isCreatedByTrigger()
                ? known(workflow.document())
                : workflow.document().root();
        ObjectNode object = root.objectNode();
        object.setAll(root);
        ObjectNode metadata = object.putObject("metadata");
        metadata.setAll((ObjectNode) root.path("metadata"));
        metadata.put("namespace", workflow.namespace());
        metadata.remove(SERVER_SET);
        boolean isOpen = isOpen(workflow, metadata.path("name")) || isOpen(workflow, metadata.path("generateName"));
        if (!resource.equals(Resource.WORKFLOWS) || isOpen) {
            // One of this name can exist, and is to be changed; or the name comes with an event.
            metadata.remove("name");
            metadata.put("generateName", "argo-preflight-trial-");
        }
        for (String map : List.of("labels", "annotations")) {
            if (metadata.path(map).isObject() && isOpen(workflow, metadata.path(map))) {
                ObjectNode known = metadata.path(map).deepCopy();
                known.properties().removeIf(each -> isOpen(workflow, each.getValue()));
                metadata.set(map, known);
            }
        }
        return object;
    }

    /** The object without what the API server removes, as it does where no field validation is asked for. */
    private static ObjectNode known(Document document) {
        ObjectNode known = document.root().deepCopy();
        FieldWalk.of(document).unknown().forEach(field -> FieldPath.remove(known, field.path()));
        return known;
    }

    private static boolean isOpen(WorkflowFacts workflow, JsonNode value) {
        String text = value.isContainerNode() ? value.toString() : value.asText("");
        return !workflow.withoutEvents(text, "").equals(text);
    }
}
