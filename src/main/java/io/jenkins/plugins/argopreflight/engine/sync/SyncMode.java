package io.jenkins.plugins.argopreflight.engine.sync;

/** The requested state of the Secret and its bindings. */
public enum SyncMode {
    /** The Secret has the credentials, and the ServiceAccounts refer to the Secret. */
    APPLY,
    /** The ServiceAccounts no longer refer to the Secret, which stays. */
    UNBIND,
    /** The ServiceAccounts no longer refer to the Secret, and it is deleted. */
    DELETE
}
