package io.jenkins.plugins.argopreflight.engine.sync;

/** What is to become of the Secret and its bindings. */
public enum SyncMode {
    /** The Secret holds the credentials and the ServiceAccounts refer to it. */
    APPLY,
    /** The ServiceAccounts no longer refer to it; the Secret stays. */
    UNBIND,
    /** The ServiceAccounts no longer refer to it, and the Secret is gone. */
    DELETE
}
