package io.jenkins.plugins.argopreflight.offline.snapshot;

/** The error for a folder that is not a snapshot, with the position and the reason in one line. */
public final class SnapshotException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SnapshotException(String message) {
        super(message);
    }
}
