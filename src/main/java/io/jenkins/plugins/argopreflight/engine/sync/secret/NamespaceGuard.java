package io.jenkins.plugins.argopreflight.engine.sync.secret;

import io.jenkins.plugins.argopreflight.engine.sync.Pruning;
import io.jenkins.plugins.argopreflight.engine.sync.SyncedNamespace;

/** A wrapper around the work in one namespace, from before its first read to after its last one. */
@FunctionalInterface
interface NamespaceGuard {

    /** The work to run in the namespace. */
    @FunctionalInterface
    interface Work {
        /** Runs the work under the guard. */
        SyncedNamespace run(Pruning pruning);
    }

    SyncedNamespace runGuarded(String namespace, Work work);
}
