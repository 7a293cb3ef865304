package io.jenkins.plugins.argopreflight.engine.workflow.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;

/** Where a pod runs: template, else boundary, else spec; source: workflowpod.go (addSchedulingConstraints). */
final class Scheduling {

    private final WalkState run;
    private final PodDraft draft;
    private final Layers layers;
    private final JsonNode template;
    private final JsonNode boundary;

    /** @param boundary the calling template, missing when there is none */
    Scheduling(WalkState run, PodDraft draft, Layers layers, JsonNode template, JsonNode boundary) {
        this.run = run;
        this.draft = draft;
        this.layers = layers;
        this.template = template;
        this.boundary = run.rules.boundaryScheduling() ? boundary : MissingNode.getInstance();
    }

    void add() {
        ObjectNode pod = draft.spec();
        JsonNode spec = run.spec();
        inherited("nodeSelector");
        inherited("affinity");
        inherited("tolerations");
        own("schedulerName", "schedulerName", "schedulerName");
        own("priorityClassName", "podPriorityClassName", "priorityClassName");
        if (run.rules.podPriority()) {
            own("priority", "podPriority", "priority");
        }
        spec.path("hostAliases")
                .forEach(alias -> Json.listOf(pod, "hostAliases").add(alias.deepCopy()));
        template.path("hostAliases")
                .forEach(alias -> Json.listOf(pod, "hostAliases").add(alias.deepCopy()));
        layers.spec("hostAliases", "hostAliases");
        layers.template("hostAliases", "hostAliases");
        own("securityContext", "securityContext", "securityContext");
    }

    /** Pod-level resources and resource claims (4.1); the agent has none. */
    void addResources() {
        if (run.rules.initless()) {
            own("podResources", "podResources", "resources");
            own("resourceClaims", "resourceClaims", "resourceClaims");
        }
    }

    private void inherited(String field) {
        if (has(template, field)) {
            set(field, template.get(field));
            layers.template(field, field);
        } else if (has(boundary, field)) {
            set(field, boundary.get(field));
            layers.boundary(field);
        } else if (has(run.spec(), field)) {
            set(field, run.spec().get(field));
            layers.spec(field, field);
        }
    }

    private void own(String templateField, String specField, String podField) {
        if (has(template, templateField)) {
            set(podField, template.get(templateField));
            layers.template(podField, templateField);
        } else if (has(run.spec(), specField)) {
            set(podField, run.spec().get(specField));
            layers.spec(podField, specField);
        }
    }

    private static boolean has(JsonNode holder, String field) {
        return field.equals("affinity") || field.equals("securityContext")
                ? Json.isSet(holder, field)
                : Json.has(holder, field);
    }

    private void set(String field, JsonNode value) {
        draft.spec().set(field, value.deepCopy());
    }
}
