package io.jenkins.plugins.argopreflight.engine.workflow.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Whether the workflow can still succeed when a node ends in Failed, in Error, or never; source: argo-workflows
 * workflow/controller/{steps,dag,hooks,exit_handler}.go.
 */
public record Tolerance(boolean failed, boolean error, boolean pending) {

    public static final Tolerance NONE = new Tolerance(false, false, false);

    /** A hook's node decides nothing but when the nodes around it go on. */
    public static final Tolerance HOOK = new Tolerance(true, true, false);

    /** Nothing waits for the pod, and no one asks how it ended. */
    public static final Tolerance DETACHED = new Tolerance(true, true, true);

    /** Of a step in a template with this tolerance: a group of which a step ends in Failed or in Error is Failed. */
    public Tolerance ofStep(JsonNode step) {
        JsonNode goesOn = step.path("continueOn");
        return new Tolerance(
                failed || goesOn.path("failed").asBoolean(),
                failed || goesOn.path("error").asBoolean(),
                pending);
    }

    /** Of what a node with this tolerance creates and waits for. */
    public Tolerance ofCreated(Tolerance own) {
        return new Tolerance(failed || own.failed, error || own.error, pending || own.pending);
    }

    /** Of a task in a template with this tolerance: a DAG ends as the task does. */
    public Tolerance ofTask(Tolerance inTheGraph) {
        return new Tolerance(failed || inTheGraph.failed, error || inTheGraph.error, pending);
    }
}
