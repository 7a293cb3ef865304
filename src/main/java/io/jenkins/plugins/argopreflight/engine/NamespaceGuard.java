package io.jenkins.plugins.argopreflight.engine;

import io.jenkins.plugins.argopreflight.engine.sync.SyncedNamespace;

/** Surrounds the work in one namespace, from before the first read to after the last. */
@FunctionalInterface
interface NamespaceGuard {

    /** The work that is surrounded. */
    @FunctionalInterface
    interface Work {
        /** @param prune whether registries that no one asks for can be removed, if the request wants that */
        SyncedNamespace run(boolean prune);
    }

    SyncedNamespace around(String namespace, Work work);
}
