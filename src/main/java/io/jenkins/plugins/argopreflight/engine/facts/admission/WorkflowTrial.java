package io.jenkins.plugins.argopreflight.engine.facts.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.field.FieldWalk;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A workflow, CronWorkflow or WorkflowTemplate in the form that is sent to an API server. */
final class WorkflowTrial {

    /** Metadata that the server sets. */
    private static final List<String> SERVER_SET =
            List.of("resourceVersion", "uid", "creationTimestamp", "managedFields");

    private static final Map<String, Resource> RESOURCES = Map.of(
            Resource.WORKFLOWS.kind(), Resource.WORKFLOWS,
            Resource.CRON_WORKFLOWS.kind(), Resource.CRON_WORKFLOWS,
            Resource.WORKFLOW_TEMPLATES.kind(), Resource.WORKFLOW_TEMPLATES);

    private WorkflowTrial() {}

    /**
     * Returns the resource of the manifest. Empty if no client sends the manifest to the API server, or it has no
     * metadata.
     */
    static Optional<Resource> resource(WorkflowFacts workflow) {
        return Optional.ofNullable(RESOURCES.get(workflow.document().kind()))
                .filter(resource -> workflow.creator().isEmpty()
                        && (workflow.document().isInFile() || workflow.isMadeByTrigger())
                        && workflow.document().root().path("metadata").isObject());
    }

    /** Returns the object to send. Unchanged parts are shared with the manifest. */
    static ObjectNode of(WorkflowFacts workflow, Resource resource) {
        ObjectNode root = workflow.isCreatedByTrigger()
                ? withoutUnknownFields(workflow.document())
                : workflow.document().root();
        ObjectNode object = root.objectNode();
        object.setAll(root);
        ObjectNode metadata = object.putObject("metadata");
        metadata.setAll((ObjectNode) root.path("metadata"));
        metadata.put("namespace", workflow.namespace());
        metadata.remove(SERVER_SET);
        boolean nameDependsOnEvent = dependsOnEvent(workflow, metadata.path("name"))
                || dependsOnEvent(workflow, metadata.path("generateName"));
        if (!resource.equals(Resource.WORKFLOWS) || nameDependsOnEvent) {
            // An object of this name can exist, and would be changed; or the name comes with an event.
            metadata.remove("name");
            metadata.put("generateName", "argo-preflight-trial-");
        }
        for (String map : List.of("labels", "annotations")) {
            if (metadata.path(map).isObject() && dependsOnEvent(workflow, metadata.path(map))) {
                ObjectNode known = metadata.path(map).deepCopy();
                known.properties().removeIf(each -> dependsOnEvent(workflow, each.getValue()));
                metadata.set(map, known);
            }
        }
        return object;
    }

    /** Returns the object without the fields that the API server drops if the client requests no field validation. */
    private static ObjectNode withoutUnknownFields(Document document) {
        ObjectNode known = document.root().deepCopy();
        FieldWalk.of(document).unknown().forEach(field -> FieldPath.remove(known, field.path()));
        return known;
    }

    private static boolean dependsOnEvent(WorkflowFacts workflow, JsonNode value) {
        String text = value.isContainerNode() ? value.toString() : Json.text(value);
        return !workflow.withoutEvents(text, "").equals(text);
    }
}
