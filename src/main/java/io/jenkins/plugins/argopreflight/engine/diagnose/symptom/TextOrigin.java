package io.jenkins.plugins.argopreflight.engine.diagnose.symptom;

/** The origin of a text. An entry of the table matches only texts from its origins. */
public enum TextOrigin {
    /** The reason why a container waits for its image; event Failed of the pod. */
    PULL,
    /**
     * The reason why a container cannot be created or started: CreateContainerConfigError, StartError,
     * RunContainerError.
     */
    START,
    /** The reason and message with which a container ended. */
    EXIT,
    /** The reason why no node of the cluster takes the pod: condition PodScheduled, event FailedScheduling. */
    SCHEDULING,
    /** Event FailedMount or FailedAttachVolume. */
    VOLUME,
    /** Event FailedCreatePodSandBox and other events of a pod that does not start. */
    SANDBOX,
    /** The message and reason of the pod itself, such as Evicted. */
    POD,
    /** The message of a workflow's node; for a node without a pod, the reason why it has none. */
    NODE,
    /** The message of a node that runs an http template, if it is about the request. */
    HTTP,
    /** The message or a condition of the workflow. */
    WORKFLOW,
    /** A line of the controller's log about the workflow. */
    CONTROLLER_LOG,
    /** A line of a container's log. */
    LOG,
    /** A state without a text, in which the pod or the workflow stays for too long. */
    STATE
}
