package io.jenkins.plugins.argopreflight.engine.manifest;

/**
 * What a file can be at most, so that a hostile one is refused before it costs anything.
 *
 * @param bytes of the whole file
 * @param nesting of lists and maps
 * @param aliased nodes that aliases can add to one document: the billion laughs are far above it
 */
public record Limits(int bytes, int nesting, int aliased) {

    /** Far above any manifest that a cluster stores (etcd takes 1.5 MiB an object). */
    public static final Limits DEFAULT = new Limits(32 << 20, 100, 100_000);
}
