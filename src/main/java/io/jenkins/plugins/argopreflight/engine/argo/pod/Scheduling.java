package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.regex.Pattern;

/**
 * The scheduling of a pod: each field of the template, else of the calling template, else of the spec; source:
 * workflowpod.go (addSchedulingConstraints).
 */
final class Scheduling {

    /**
     * Pattern of a variable that only a template's own fields can have: {@code {{steps.a.outputs.result}}}, {@code
     * {{item}}}, or {@code {{inputs.parameters.NAME}}} with NAME as group 1.
     */
    private static final Pattern TAG =
            Pattern.compile("\\{\\{\\s*(?:inputs\\.parameters\\.([-\\w]+)|(?:steps|tasks|item)\\b[^}]*)\\s*}}");

    private final Simulation run;
    private final TemplateCall call;
    private final PodDraft draft;
    private final FieldOrigins origins;
    private final JsonNode template;
    private final JsonNode boundary;

    /**
     * Creates the scheduling of one pod.
     *
     * @param boundary the calling template; a MissingNode if there is none
     */
    Scheduling(
            Simulation run,
            TemplateCall call,
            PodDraft draft,
            FieldOrigins origins,
            JsonNode template,
            JsonNode boundary) {
        this.run = run;
        this.call = call;
        this.draft = draft;
        this.origins = origins;
        this.template = template;
        this.boundary = run.version.has(Behaviour.BOUNDARY_SCHEDULING) ? boundary : MissingNode.getInstance();
    }

    void add() {
        ObjectNode pod = draft.spec();
        JsonNode spec = run.spec();
        setInherited("nodeSelector");
        setInherited("affinity");
        setInherited("tolerations");
        setOwn("schedulerName", "schedulerName", "schedulerName");
        setOwn("priorityClassName", "podPriorityClassName", "priorityClassName");
        if (!run.version.has(Behaviour.NO_POD_PRIORITY)) {
            setOwn("priority", "podPriority", "priority");
        }
        spec.path("hostAliases")
                .forEach(alias -> Json.listOf(pod, "hostAliases").add(alias.deepCopy()));
        template.path("hostAliases")
                .forEach(alias -> Json.listOf(pod, "hostAliases").add(alias.deepCopy()));
        origins.recordFromSpec("hostAliases", "hostAliases");
        origins.recordFromTemplate("hostAliases", "hostAliases");
        setOwn("securityContext", "securityContext", "securityContext");
    }

    /** Adds resources and resource claims of the pod (4.1). The agent has none. */
    void addResources() {
        if (run.version.has(Behaviour.INITLESS_POD)) {
            setOwn("podResources", "podResources", "resources");
            setOwn("resourceClaims", "resourceClaims", "resourceClaims");
        }
    }

    /** Sets a field from the template, else from the calling template, else from the spec. */
    private void setInherited(String field) {
        if (has(template, field)) {
            set(field, template.get(field));
            origins.recordFromTemplate(field, field);
        } else if (has(boundary, field)) {
            set(field, boundary.get(field));
            origins.recordFromCaller(field);
            if (!field.equals("affinity")) {
                reportUnresolved(boundary.get(field), field);
            }
        } else if (has(run.spec(), field)) {
            set(field, run.spec().get(field));
            origins.recordFromSpec(field, field);
        }
    }

    /**
     * Reports a variable in a field of the calling template, in which Argo substitutes only the inputs of the pod's own
     * template.
     */
    private void reportUnresolved(JsonNode value, String field) {
        Certainty certainty = call.certainty();
        TAG.matcher(value.toString())
                .results()
                .filter(tag -> tag.group(1) == null || !hasInput(tag.group(1)))
                .limit(1)
                .forEach(tag -> run.problem(
                        Problem.Kind.REFUSED,
                        call.withCertainty(
                                certainty.withTolerance(certainty.tolerance().errorAsRefusal())),
                        field + " of the calling template is taken as it is written, " + tag.group()
                                + " is no input of template " + Json.text(template, "name")
                                + ", and the API server refuses the pod"));
    }

    private boolean hasInput(String name) {
        for (JsonNode parameter : template.path("inputs").path("parameters")) {
            if (Json.text(parameter, "name").equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Sets a field from the template, else from the spec. */
    private void setOwn(String templateField, String specField, String podField) {
        if (has(template, templateField)) {
            set(podField, template.get(templateField));
            origins.recordFromTemplate(podField, templateField);
        } else if (has(run.spec(), specField)) {
            set(podField, run.spec().get(specField));
            origins.recordFromSpec(podField, specField);
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
