package io.jenkins.plugins.argopreflight.engine.registry.credentials;

/**
 * A line of a redacted diff of a Secret or a ServiceAccount.
 *
 * @param text the line without its mark
 */
public record DiffLine(Kind kind, String text) {

    /** The kind of a difference, with its mark in front of the line. */
    public enum Kind {
        ADDED("+ "),
        CHANGED("~ "),
        REMOVED("- "),
        UNCHANGED("  ");

        private final String mark;

        Kind(String mark) {
            this.mark = mark;
        }
    }

    public static DiffLine added(String text) {
        return new DiffLine(Kind.ADDED, text);
    }

    public static DiffLine changed(String text) {
        return new DiffLine(Kind.CHANGED, text);
    }

    public static DiffLine removed(String text) {
        return new DiffLine(Kind.REMOVED, text);
    }

    /** Returns the line with its mark. */
    public String marked() {
        return kind.mark + text;
    }
}
