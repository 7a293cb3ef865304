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

    /** Go's zero time, which Argo writes if the workflow has no deadline. */
    private static final String NO_DEADLINE = "0001-01-01T00:00:00Z";

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

    /**
     * Adds the variables to all containers of a pod.
     *
     * @param hasAuxiliary whether the pod has Argo's container {@code wait} or {@code supervisor}
     */
    void add(PodDraft draft, boolean hasAuxiliary) {
        String templateText = templateText();
        for (JsonNode each : draft.initContainers()) {
            ObjectNode container = (ObjectNode) each;
            PodDraft.addEnv(container, "ARGO_CONTAINER_NAME", Json.text(container, "name"));
            PodDraft.addEnv(container, "ARGO_TEMPLATE", templateText);
            addStandard(container);
        }
        for (JsonNode each : draft.containers()) {
            ObjectNode container = (ObjectNode) each;
            PodDraft.addEnv(container, "ARGO_CONTAINER_NAME", Json.text(container, "name"));
            if (!run.version.has(Behaviour.TEMPLATE_IN_INIT_ONLY)) {
                PodDraft.addEnv(container, "ARGO_TEMPLATE", templateText);
            }
            addStandard(container);
            if (PodLayout.of(run).needsTemplate(Json.text(container, "name"), hasAuxiliary)) {
                PodDraft.addEnv(container, "ARGO_TEMPLATE", templateText);
            }
        }
    }

    /**
     * Returns the value of ARGO_TEMPLATE: the template without its inputs, except artifacts. The executor loads these.
     */
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
        PodDraft.addEnv(container, "ARGO_NODE_ID", nodeId);
        PodDraft.addEnv(container, "ARGO_INCLUDE_SCRIPT_OUTPUT", Boolean.toString(needsResult()));
        PodDraft.addEnv(container, "ARGO_DEADLINE", deadline());
        if (run.version.has(Behaviour.TRACE)) {
            PodDraft.addEnv(container, "ARGO_WORKFLOW_NAME", run.workflowName);
            PodDraft.addEnv(container, "TRACESTATE", "workflow=" + run.request.namespace() + "/" + run.workflowName);
            PodDraft.addEnv(container, "TRACEPARENT", run.unknowns.mark("trace", "the controller makes it up"));
        }
        PodDraft.addEnv(container, "ARGO_PROGRESS_FILE", "/var/run/argo/progress");
        PodDraft.addEnv(container, "ARGO_PROGRESS_PATCH_TICK_DURATION", "1m0s");
        PodDraft.addEnv(container, "ARGO_PROGRESS_FILE_TICK_DURATION", "3s");
    }

    private String deadline() {
        return Json.isSet(run.spec(), "activeDeadlineSeconds") && !call.onExit()
                ? run.unknowns.mark("workflow deadline", "it counts from the workflow's start")
                : NO_DEADLINE;
    }

    /**
     * Returns whether the executor saves the node's output as its result: for a data template, and for a node whose
     * {@code outputs.result} the calling steps or dag template uses.
     */
    private boolean needsResult() {
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
            PodDraft.addEnv(container, "ARGO_TERMINATION_GRACE_PERIOD_SECONDS", Json.text(gracePeriod));
        }
    }
}
