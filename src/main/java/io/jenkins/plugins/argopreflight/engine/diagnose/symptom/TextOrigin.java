package io.jenkins.plugins.argopreflight.engine.diagnose.symptom;

/** Where a text was seen; an entry of the table counts only for texts from its places. */
public enum TextOrigin {
    /** Why a container waits for its image; event Failed of the pod. */
    PULL,
    /** Why a container cannot be created or started: CreateContainerConfigError, StartError, RunContainerError. */
    START,
    /** How a container ended. */
    EXIT,
    /** Why no node of the cluster takes the pod: condition PodScheduled, event FailedScheduling. */
    SCHEDULING,
    /** Event FailedMount or FailedAttachVolume. */
    VOLUME,
    /** Event FailedCreatePodSandBox and other events of a pod that does not start. */
    SANDBOX,
    /** The message and reason of the pod itself, such as Evicted. */
    POD,
    /** The message of a workflow's node; of one without a pod, why there is none. */
    NODE,
    /** The message of a node that calls an http template, where it is about the request. */
    HTTP,
    /** The message or a condition of the workflow. */
    WORKFLOW,
    /** A line of the controller's log about the workflow. */
    CONTROLLER_LOG,
    /** A line of a container's log. */
    LOG,
    /** No text at all: a state that lasts too long. */
    STATE
}
