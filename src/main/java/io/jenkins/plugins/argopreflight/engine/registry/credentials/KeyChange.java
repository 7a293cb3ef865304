package io.jenkins.plugins.argopreflight.engine.registry.credentials;

/**
 * A change of one registry in a Secret, or the note that it stays.
 *
 * @param kind the kind of change
 * @param key the key as written; {@code ***} replaces a user name or query in it
 * @param detail the changed fields or the reason, never a password
 */
public record KeyChange(Kind kind, String key, String detail) {

    public KeyChange {
        key = RegistryKey.shown(key);
    }

    public enum Kind {
        ADDED(DiffLine.Kind.ADDED),
        CHANGED(DiffLine.Kind.CHANGED),
        REMOVED(DiffLine.Kind.REMOVED),
        /** A requested entry that already has the right value. */
        UNCHANGED(DiffLine.Kind.UNCHANGED),
        /** An entry of another user or program, or of an earlier run, left as it was. */
        KEPT(DiffLine.Kind.UNCHANGED);

        private final DiffLine.Kind diffKind;

        Kind(DiffLine.Kind diffKind) {
            this.diffKind = diffKind;
        }
    }

    /** Returns whether this change requires writing the Secret. */
    public boolean isWrite() {
        return kind != Kind.UNCHANGED && kind != Kind.KEPT;
    }

    /** Returns a line of a redacted diff: {@code ~ registry.example.com: password changed (username team)}. */
    public DiffLine line() {
        return new DiffLine(kind.diffKind, key + ": " + detail);
    }
}
