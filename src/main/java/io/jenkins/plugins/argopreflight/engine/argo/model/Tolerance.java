package io.jenkins.plugins.argopreflight.engine.argo.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The failures of a node that do not keep the workflow from succeeding. Source: argo-workflows
 * workflow/controller/{steps,dag,hooks,exit_handler,operator}.go.
 *
 * @param failed whether the workflow can succeed if the node ends in Failed
 * @param error whether the workflow can succeed if the node ends in Error
 * @param pending whether the workflow can succeed if the node never ends
 * @param refused whether the workflow can succeed if the API server refuses the node's pod
 */
public record Tolerance(boolean failed, boolean error, boolean pending, boolean refused) {

    /** The tolerance of a node whose failure always fails the workflow. */
    public static final Tolerance NONE =
            new Tolerance(/* failed= */ false, /* error= */ false, /* pending= */ false, /* refused= */ false);

    /** The tolerance of a hook: its result does not matter, but the workflow does not end before the hook does. */
    public static final Tolerance HOOK =
            new Tolerance(/* failed= */ true, /* error= */ true, /* pending= */ false, /* refused= */ true);

    /** The tolerance of a pod for which nothing waits, and whose result nothing uses. */
    public static final Tolerance DETACHED =
            new Tolerance(/* failed= */ true, /* error= */ true, /* pending= */ true, /* refused= */ true);

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

    /**
     * Returns the tolerance with Error as a refusal, for an Error before the pod is created: like a refused pod, it can
     * end more than the node.
     */
    public Tolerance errorAsRefusal() {
        return new Tolerance(failed, refused, pending, refused);
    }

    /**
     * Returns the tolerance of a node in a workflow that a node with this tolerance creates and awaits: one of the two
     * workflows has to tolerate the failure.
     *
     * @param created the tolerance of the created workflow for its node
     */
    public Tolerance ofCreatedWorkflow(Tolerance created) {
        return new Tolerance(
                failed || created.failed,
                error || created.error,
                pending || created.pending,
                refused || created.refused);
    }

    /**
     * Returns the tolerance of a task in a DAG with this tolerance. The DAG ends as the task does: in Error if the pod
     * is refused, and never if the task never ends, independent of the other tasks.
     *
     * @param inDag the tolerance of the DAG for the task
     */
    public Tolerance ofTask(Tolerance inDag) {
        return new Tolerance(failed || inDag.failed, error || inDag.error, pending, error || inDag.error);
    }

    /**
     * Returns the tolerance with a refusal as Error: for a node that ends in Error if its pod is refused. Nodes that
     * are retried, or that the agent executes, end in this way.
     */
    public Tolerance refusalAsError() {
        return new Tolerance(failed, error, pending, error);
    }

    /** Returns the tolerance with Error as Failed: for an Error that the agent reports as Failed. */
    public Tolerance errorAsFailed() {
        return new Tolerance(failed, failed, pending, refused);
    }
}
