package io.jenkins.plugins.argopreflight.engine.check.location;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.PodOwner;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayList;
import java.util.List;

/** The WorkflowSpecs of a workflow: its own, and the WorkflowSpec of the WorkflowTemplate that it refers to. */
public final class SpecPlaces {

    private SpecPlaces() {}

    /** Returns the documents with the specs of a workflow, beginning with its own document. */
    public static List<Document> of(Facts facts, WorkflowFacts workflow) {
        List<Document> documents = new ArrayList<>(List.of(workflow.document()));
        JsonNode reference = spec(workflow.document()).path("workflowTemplateRef");
        String name = Json.text(reference, "name");
        boolean isClusterScope = reference.path("clusterScope").asBoolean();
        String kind = isClusterScope ? "ClusterWorkflowTemplate" : "WorkflowTemplate";
        if (!name.isEmpty()) {
            facts.documents().stream()
                    .filter(each -> each.kind().equals(kind) && each.name().equals(name))
                    .findFirst()
                    .or(() -> facts.cluster()
                            .get(
                                    isClusterScope ? Resource.CLUSTER_WORKFLOW_TEMPLATES : Resource.WORKFLOW_TEMPLATES,
                                    workflow.namespace(),
                                    name)
                            .ifKnown()
                            .flatMap(found -> found)
                            .map(object -> Document.of(kind + " \"" + name + "\" of the cluster", object)))
                    .ifPresent(documents::add);
        }
        return documents;
    }

    /** Returns the path of a document's WorkflowSpec, or of the pod spec in a document of another kind. */
    public static String path(Document document) {
        return document.kind().equals("CronWorkflow")
                ? "spec.workflowSpec"
                : PodOwner.specPath(document).orElse("spec");
    }

    /** Returns the WorkflowSpec of a document. */
    public static JsonNode spec(Document document) {
        JsonNode spec = document.root().path("spec");
        return document.kind().equals("CronWorkflow") ? spec.path("workflowSpec") : spec;
    }
}
