package io.jenkins.plugins.argopreflight.offline.snapshot;

/** A folder that is no snapshot: one line that says where and why. */
public final class SnapshotException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SnapshotException(String message) {
        super(message);
    }
}
