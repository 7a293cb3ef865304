package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.template.Boundary;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;

/** The environment variables that Argo adds to each container; source: workflowpod.go. */
final class Environment {

    private final Simulation run;
    private final TemplateCall call;
    private final JsonNode template;
    private final String nodeId;

    Environment(Simulation run, TemplateCall call, JsonNode template, String nodeId) {
        this.run = run;
        this.call = call;
        this.template = template;
        this.nodeId = nodeId;
    }

    void add(PodDraft draft, boolean hasAuxiliary) {
        String templateText = templateText();
        for (JsonNode each : draft.initContainers()) {
            ObjectNode container = (ObjectNode) each;
            PodDraft.env(container, "ARGO_CONTAINER_NAME", Json.text(container, "name"));
            PodDraft.env(container, "ARGO_TEMPLATE", templateText);
            addStandard(container);
        }
        for (JsonNode each : draft.containers()) {
            ObjectNode container = (ObjectNode) each;
            PodDraft.env(container, "ARGO_CONTAINER_NAME", Json.text(container, "name"));
            if (!run.version.has(Behaviour.TEMPLATE_IN_INIT_ONLY)) {
                PodDraft.env(container, "ARGO_TEMPLATE", templateText);
            }
            addStandard(container);
            if (PodLayout.of(run).needsTemplate(Json.text(container, "name"), hasAuxiliary)) {
                PodDraft.env(container, "ARGO_TEMPLATE", templateText);
            }
        }
    }

    private String templateText() {
        ObjectNode copy = Json.object();
        copy.setAll((ObjectNode) template);
        ObjectNode inputs = copy.putObject("inputs");
        if (template.path("inputs").has("artifacts")) {
            inputs.set("artifacts", template.path("inputs").get("artifacts"));
        }
        return copy.toString();
    }

    private void addStandard(ObjectNode container) {
        PodDraft.env(container, "ARGO_NODE_ID", nodeId);
        PodDraft.env(container, "ARGO_INCLUDE_SCRIPT_OUTPUT", Boolean.toString(includesOutput()));
        PodDraft.env(container, "ARGO_DEADLINE", deadline());
        if (run.version.has(Behaviour.TRACE)) {
            PodDraft.env(container, "ARGO_WORKFLOW_NAME", run.workflowName);
            PodDraft.env(container, "TRACESTATE", "workflow=" + run.request.namespace() + "/" + run.workflowName);
            PodDraft.env(container, "TRACEPARENT", run.unknowns.mark("trace", "the controller makes it up"));
        }
        PodDraft.env(container, "ARGO_PROGRESS_FILE", "/var/run/argo/progress");
        PodDraft.env(container, "ARGO_PROGRESS_PATCH_TICK_DURATION", "1m0s");
        PodDraft.env(container, "ARGO_PROGRESS_FILE_TICK_DURATION", "3s");
    }

    private String deadline() {
        return Json.isSet(run.spec(), "activeDeadlineSeconds") && !call.onExit()
                ? run.unknowns.mark("workflow deadline", "it counts from the workflow's start")
                : "0001-01-01T00:00:00Z";
    }

    private boolean includesOutput() {
        if (Json.isSet(template, "data")) {
            return true;
        }
        String name = withoutIndices(call.nodeName());
        Boundary boundary = call.boundary();
        return boundary != null && boundary.results().contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** Returns the name without the {@code (0:item)} and {@code [0]} at its end. */
    private static String withoutIndices(String nodeName) {
        int end = nodeName.length();
        while (end > 0) {
            char close = nodeName.charAt(end - 1);
            int open = close == ')' || close == ']' ? nodeName.lastIndexOf(close == ')' ? '(' : '[', end - 1) : -1;
            if (open < 0 || nodeName.lastIndexOf(close, end - 2) > open) {
                break;
            }
            end = open;
        }
        return nodeName.substring(0, end);
    }

    /** Adds the grace period, after patches were applied. */
    void addGracePeriod(PodDraft draft, ObjectNode container) {
        JsonNode gracePeriod = draft.spec().path("terminationGracePeriodSeconds");
        if (gracePeriod.isNumber()
                && (run.version.has(Behaviour.GRACE_PERIOD_EVERYWHERE)
                        || Json.text(container, "name").equals("wait"))) {
            PodDraft.env(container, "ARGO_TERMINATION_GRACE_PERIOD_SECONDS", Json.text(gracePeriod));
        }
    }
}
