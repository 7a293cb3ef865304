package io.jenkins.plugins.argopreflight.engine.diagnose;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The action for the workflow after the fix. */
public enum Next {
    /** Submits the workflow again. */
    @JsonProperty("resubmit")
    RESUBMIT,
    /** Retries the workflow, which runs its failed nodes again. */
    @JsonProperty("retry")
    RETRY,
    /**
     * Deletes the pod, which contains values from the time of its creation. Argo recreates it while its node is
     * Pending.
     */
    @JsonProperty("recreate-pod")
    RECREATE_POD,
    /** Waits: Kubernetes or Argo continues by itself. */
    @JsonProperty("wait")
    WAIT,
    /** Needs no action: the workflow is not affected, or continues by itself. */
    @JsonProperty("nothing")
    NOTHING
}
