package io.jenkins.plugins.argopreflight.engine.workflow.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Whether the workflow can still succeed when a node ends in Failed, in Error, or never, or when its pod cannot be created;
 * source: argo-workflows workflow/controller/{steps,dag,hooks,exit_handler,operator}.go.
 */
public record Tolerance(boolean failed, boolean error, boolean pending, boolean refused) {

    public static final Tolerance NONE = new Tolerance(false, false, false, false);

    /** A hook's node decides nothing but when the nodes around it go on. */
    public static final Tolerance HOOK = new Tolerance(true, true, false, true);

    /** Nothing waits for the pod, and no one asks how it ended. */
    public static final Tolerance DETACHED = new Tolerance(true, true, true, true);

    /**
     * Of a step in a template with this tolerance: a group of which a step ends in Failed or in Error is Failed. A pod that
     * cannot be created ends the group in Error, whatever continueOn says (executeStepGroup).
     */
    public Tolerance ofStep(JsonNode step) {
        JsonNode goesOn = step.path("continueOn");
        return new Tolerance(
                failed || goesOn.path("failed").asBoolean(),
                failed || goesOn.path("error").asBoolean(),
                pending,
                failed);
    }

    /** Of what ends the group of a steps template with this tolerance: then the template ends in Failed. */
    public Tolerance ofGroup() {
        return new Tolerance(failed, failed, pending, failed);
    }

    /** Of what is reported as an Error, and keeps the pod from being created. */
    public Tolerance ofRefusal() {
        return new Tolerance(failed, refused, pending, refused);
    }

    /** Of what a node with this tolerance creates and waits for. */
    public Tolerance ofCreated(Tolerance own) {
        return new Tolerance(failed || own.failed, error || own.error, pending || own.pending, refused || own.refused);
    }

    /** Of a task in a template with this tolerance: a DAG ends as the task does. */
    public Tolerance ofTask(Tolerance inTheGraph) {
        return new Tolerance(
                failed || inTheGraph.failed, error || inTheGraph.error, pending, error || inTheGraph.error);
    }

    /** Of a node that ends in Error when a pod cannot be created: tried again, or with the pod of an agent. */
    public Tolerance refusedInError() {
        return new Tolerance(failed, error, pending, error);
    }

    /** Of what is reported as an Error, and ends the node in Failed: the agent says so. */
    public Tolerance errorAsFailed() {
        return new Tolerance(failed, failed, pending, refused);
    }
}
