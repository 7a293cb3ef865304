package io.jenkins.plugins.argopreflight.engine.check.location;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayList;
import java.util.List;

/** The volumeClaimTemplates of workflows, including those of the WorkflowTemplate that a workflow refers to. */
public final class ClaimTemplates {

    private ClaimTemplates() {}

    /**
     * A volumeClaimTemplate, in the object that contains it.
     *
     * @param claim the metadata and spec of a PersistentVolumeClaim
     */
    public record ClaimTemplate(WorkflowFacts workflow, Document document, String path, JsonNode claim) {

        /**
         * Returns a field of the claim as the subject of a finding.
         *
         * @param field a path below the claim, such as {@code .spec}
         */
        public Subject subject(String field) {
            return Subject.of(
                    document, document.kind().startsWith("Cluster") ? "" : workflow.namespace(), path + field);
        }

        /** Returns the name that users write, such as {@code work}. */
        public String name() {
            return KubeObjects.name(claim);
        }

        /**
         * Returns the finding about a claim. If another workflow creates this workflow, the finding has the conditions
         * of this workflow's pods.
         */
        public Finding withConditions(Finding finding) {
            return workflow.creator().isPresent() ? finding.on(workflow.pods()) : finding;
        }

        /** Returns a copy of the claim with another field in its spec. */
        public JsonNode with(Yaml field) {
            ObjectNode changed = JsonNodeFactory.instance.objectNode();
            ObjectNode spec = changed.putObject("spec");
            spec.setAll(fields(claim.path("spec")));
            spec.setAll(fields(field.tree()));
            return changed;
        }

        /** Returns the fix that changes a field in the claim's spec. */
        public Fix change(Yaml field) {
            return ChangeField.to(field).because("in the spec of volumeClaimTemplate " + name() + ":");
        }

        /** Returns the claim that Argo creates. Its name begins with the workflow's name; "" if that is not known. */
        public ObjectNode createdClaim() {
            Document owner = workflow.document();
            String prefix = owner.kind().equals("Workflow") ? KubeObjects.name(owner.root()) : "";
            ObjectNode created = JsonNodeFactory.instance.objectNode();
            ObjectNode metadata = created.putObject("metadata");
            metadata.setAll(fields(claim.path("metadata")));
            metadata.put("namespace", workflow.namespace()).put("name", prefix.isEmpty() ? "" : prefix + "-" + name());
            created.set("spec", claim.path("spec"));
            return created;
        }

        private static ObjectNode fields(JsonNode node) {
            return node instanceof ObjectNode fields ? fields : JsonNodeFactory.instance.objectNode();
        }
    }

    /** Returns the volumeClaimTemplates of all workflows. */
    public static List<ClaimTemplate> of(Facts facts) {
        return facts.workflows().stream()
                .flatMap(workflow -> of(facts, workflow).stream())
                .toList();
    }

    /** Returns the volumeClaimTemplates of a workflow; empty for objects that are not Argo's. */
    public static List<ClaimTemplate> of(Facts facts, WorkflowFacts workflow) {
        List<ClaimTemplate> templates = new ArrayList<>();
        if (!workflow.isArgo()) {
            return templates;
        }
        for (Document document : SpecPlaces.of(facts, workflow)) {
            String path = SpecPlaces.path(document) + ".volumeClaimTemplates";
            JsonNode list = SpecPlaces.spec(document).path("volumeClaimTemplates");
            for (int i = 0; list.isArray() && i < list.size(); i++) {
                templates.add(new ClaimTemplate(workflow, document, path + "[" + i + "]", list.get(i)));
            }
            // The list of the workflow replaces the list of the WorkflowTemplate.
            if (!templates.isEmpty()) {
                return templates;
            }
        }
        return templates;
    }
}
