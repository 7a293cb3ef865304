package io.jenkins.plugins.argopreflight.engine.check.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.cluster.Objects;
import io.jenkins.plugins.argopreflight.engine.cluster.Resource;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import java.util.ArrayList;
import java.util.List;

/** The WorkflowSpecs that one workflow is made of: its own, and that of the template that it refers to. */
final class Specs {

    private Specs() {}

    /** Its own document first. */
    static List<Document> of(Facts facts, WorkflowFacts workflow) {
        List<Document> documents = new ArrayList<>(List.of(workflow.document()));
        JsonNode reference = spec(workflow.document()).path("workflowTemplateRef");
        String name = Objects.text(reference, "name");
        boolean cluster = reference.path("clusterScope").asBoolean();
        String kind = cluster ? "ClusterWorkflowTemplate" : "WorkflowTemplate";
        if (!name.isEmpty()) {
            facts.given().stream()
                    .filter(each -> each.kind().equals(kind) && each.name().equals(name))
                    .findFirst()
                    .or(() -> facts.cluster()
                            .get(
                                    cluster ? Resource.CLUSTER_WORKFLOW_TEMPLATES : Resource.WORKFLOW_TEMPLATES,
                                    workflow.namespace(),
                                    name)
                            .ifKnown()
                            .flatMap(found -> found)
                            .map(object -> Document.of(kind + " \"" + name + "\" of the cluster", object)))
                    .ifPresent(documents::add);
        }
        return documents;
    }

    /** Where a document's WorkflowSpec is. */
    static String path(Document document) {
        return document.kind().equals("CronWorkflow") ? "spec.workflowSpec" : "spec";
    }

    static JsonNode spec(Document document) {
        JsonNode spec = document.root().path("spec");
        return document.kind().equals("CronWorkflow") ? spec.path("workflowSpec") : spec;
    }
}
