package io.jenkins.plugins.argopreflight.engine.diagnose;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What to do with the workflow after the fix. */
public enum Next {
    /** Submit the workflow again. */
    @JsonProperty("resubmit")
    RESUBMIT,
    /** Retry the workflow, which runs its failed nodes again. */
    @JsonProperty("retry")
    RETRY,
    /** Delete the pod, as it holds what was read when it was created; Argo recreates it while its node is Pending. */
    @JsonProperty("recreate-pod")
    RECREATE_POD,
    /** Wait: Kubernetes or Argo continues by itself. */
    @JsonProperty("wait")
    WAIT,
    /** Nothing: the workflow is not affected, or it continues without anything. */
    @JsonProperty("nothing")
    NOTHING
}
