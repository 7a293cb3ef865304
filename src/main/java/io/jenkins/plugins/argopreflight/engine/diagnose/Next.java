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
    /** Waits after the fix: Kubernetes or Argo tries again without a command. */
    @JsonProperty("wait")
    WAIT,
    /** Needs no fix and no action: the workflow is not affected, or Argo solves the problem itself. */
    @JsonProperty("nothing")
    NOTHING
}
