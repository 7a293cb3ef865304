package io.jenkins.plugins.argopreflight.step;

/** The purpose for which a step uses its cluster, which decides how the cluster can be chosen. */
public enum ClusterUse {
    /** The step reads or ends something. */
    READ,
    /** The step gates a build, or submits what it gated: below a locked policy only the clusters of its level do that. */
    JUDGE,
    /** The step sends passwords of registries: a server that only a file on an agent names gets none. */
    SEND_PASSWORDS
}
