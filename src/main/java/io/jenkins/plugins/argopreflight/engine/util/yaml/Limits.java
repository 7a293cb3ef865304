package io.jenkins.plugins.argopreflight.engine.util.yaml;

/**
 * Limits for a file, so that a malicious one is refused before it costs time or memory.
 *
 * @param bytes size of the whole file
 * @param nesting depth of lists and maps
 * @param aliased number of nodes that aliases can add to one document: "billion laughs" files have far more
 */
public record Limits(int bytes, int nesting, int aliased) {

    /** The default limits. They are far above any manifest that a cluster stores (etcd accepts 1.5 MiB per object). */
    public static final Limits DEFAULT = new Limits(32 << 20, 100, 100_000);
}
