package io.jenkins.plugins.argopreflight.engine.argo.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The workflow's tolerance of a node that ends in Failed, in Error, or never, or whose pod cannot be created. A
 * component is true if the workflow can still succeed then; source: argo-workflows
 * workflow/controller/{steps,dag,hooks,exit_handler,operator}.go.
 */
public record Tolerance(boolean failed, boolean error, boolean pending, boolean refused) {

    public static final Tolerance NONE = new Tolerance(false, false, false, false);

    /** The tolerance of a hook. Its node only decides when the nodes around it continue. */
    public static final Tolerance HOOK = new Tolerance(true, true, false, true);

    /** The tolerance of a pod for which nothing waits, and whose result nothing uses. */
    public static final Tolerance DETACHED = new Tolerance(true, true, true, true);

    /**
     * Returns the tolerance of a step in a template with this tolerance. A group with a step that ends in Failed or in
     * Error ends in Failed. A pod that cannot be created ends the group in Error, independent of continueOn
     * (executeStepGroup).
     */
    public Tolerance ofStep(JsonNode step) {
        JsonNode continueOn = step.path("continueOn");
        return new Tolerance(
                failed || continueOn.path("failed").asBoolean(),
                failed || continueOn.path("error").asBoolean(),
                pending,
                failed);
    }

    /**
     * Returns the tolerance of an error that ends a group of steps in a template with this tolerance: the template ends
     * in Failed.
     */
    public Tolerance ofGroup() {
        return new Tolerance(failed, failed, pending, failed);
    }

    /** Returns the tolerance of an Error that keeps the pod from being created. */
    public Tolerance ofRefusal() {
        return new Tolerance(failed, refused, pending, refused);
    }

    /** Returns the tolerance of an object that a node with this tolerance creates and awaits. */
    public Tolerance ofCreated(Tolerance created) {
        return new Tolerance(
                failed || created.failed,
                error || created.error,
                pending || created.pending,
                refused || created.refused);
    }

    /** Returns the tolerance of a task in a DAG with this tolerance. The DAG ends as the task does. */
    public Tolerance ofTask(Tolerance inDag) {
        return new Tolerance(failed || inDag.failed, error || inDag.error, pending, error || inDag.error);
    }

    /**
     * Returns the tolerance of a node that ends in Error if a pod cannot be created, because it is retried, or its pod
     * is that of an agent.
     */
    public Tolerance refusedInError() {
        return new Tolerance(failed, error, pending, error);
    }

    /** Returns the tolerance of an Error that ends the node in Failed, as reported by the agent. */
    public Tolerance errorAsFailed() {
        return new Tolerance(failed, failed, pending, refused);
    }
}
