package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.facts.object.FileObjects;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.ReferencedObjects.Reference;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The parallel read of the ServiceAccounts, templates and artifact repositories to which workflows refer. The expansion
 * of a workflow needs these objects one after the other, and finds them in the reader's cache.
 */
final class Prefetch {

    private final WorkflowRequest request;
    private final FileObjects files;
    private final Set<Reference> references = new LinkedHashSet<>();

    private Prefetch(WorkflowRequest request) {
        this.request = request;
        this.files = new FileObjects(request.documents(), request.namespace());
    }

    /**
     * Reads the objects.
     *
     * @throws io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException if the thread is interrupted
     */
    static void read(List<Document> workflows, WorkflowRequest request, ClusterReader reader, int concurrency) {
        if (reader.unavailableReason().isPresent()) {
            return;
        }
        Prefetch prefetch = new Prefetch(request);
        workflows.forEach(prefetch::addReferences);
        Parallel.forEach(
                prefetch.references, concurrency, each -> reader.get(each.resource(), each.namespace(), each.name()));
    }

    private void addReferences(Document workflow) {
        String namespace = Workflows.namespace(workflow, request);
        JsonNode root = workflow.root();
        root.findValuesAsText("serviceAccountName").forEach(name -> add(Resource.SERVICE_ACCOUNTS, namespace, name));
        if (Json.text(root, "spec", "serviceAccountName").isEmpty()
                && Json.text(root, "spec", "workflowSpec", "serviceAccountName").isEmpty()) {
            add(Resource.SERVICE_ACCOUNTS, namespace, "default");
        }
        if (!workflow.apiVersion().startsWith("argoproj.io/")) {
            return;
        }
        add(Resource.CONFIG_MAPS, namespace, "artifact-repositories");
        for (String field : List.of("workflowTemplateRef", "templateRef")) {
            for (JsonNode reference : root.findValues(field)) {
                boolean cluster = reference.path("clusterScope").asBoolean();
                add(
                        cluster ? Resource.CLUSTER_WORKFLOW_TEMPLATES : Resource.WORKFLOW_TEMPLATES,
                        cluster ? "" : namespace,
                        Json.text(reference, "name"));
            }
        }
    }

    private void add(Resource resource, String namespace, String name) {
        boolean unknown = name.isEmpty() || name.contains("{{");
        if (!unknown && files.find(resource, namespace, name).isEmpty()) {
            references.add(new Reference(resource, namespace, name));
        }
    }
}
