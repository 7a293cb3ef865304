package io.jenkins.plugins.argopreflight.step;

/** The purpose for which a step uses its cluster, which restricts the clusters that it can use. */
public enum ClusterUse {
    /** The step reads, or removes objects that Argo Preflight wrote. Every cluster can be used. */
    READ_OR_UNDO,
    /**
     * The step decides about a build, or submits what it checked. With a locked policy, only the clusters of the level
     * that locks it can be used.
     */
    JUDGE,
    /** The step sends passwords of registries. They are not sent to a server that only a file on an agent names. */
    SEND_PASSWORDS
}
