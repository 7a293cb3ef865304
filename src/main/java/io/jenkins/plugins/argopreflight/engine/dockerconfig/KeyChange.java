package io.jenkins.plugins.argopreflight.engine.dockerconfig;

/**
 * What happens to one registry of a Secret.
 *
 * @param kind what
 * @param key the key as it is written, or was; a user name or query in it is replaced by {@code ***}
 * @param detail what a person can know of it: never a password
 */
public record KeyChange(Kind kind, String key, String detail) {

    public KeyChange {
        key = RegistryKey.shown(key);
    }

    /** What happens. */
    public enum Kind {
        ADDED("+ "),
        CHANGED("~ "),
        REMOVED("- "),
        /** Ours, and as it was. */
        UNCHANGED("  "),
        /** Another user or program's, or ours of before, left as it was. */
        KEPT("  ");

        private final String mark;

        Kind(String mark) {
            this.mark = mark;
        }
    }

    /** Whether the Secret must be written for it. */
    public boolean isWrite() {
        return kind != Kind.UNCHANGED && kind != Kind.KEPT;
    }

    /** A line of a redacted diff: {@code ~ registry.example.com: password changed (username team)}. */
    public String line() {
        return kind.mark + key + ": " + detail;
    }
}
