package io.jenkins.plugins.argopreflight.engine.manifest;

import java.util.Objects;

/** A file that is no manifest: one line that says where and why. */
public final class ManifestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Location location;
    private final boolean unrendered;

    public ManifestException(Location location, String why) {
        this(location, why, "");
    }

    /** @param unrendered why it looks like the source of a manifest that was not rendered; "" when it does not */
    ManifestException(Location location, String why, String unrendered) {
        super(location + ": " + why.strip().replaceAll("(?<![ \\t])[ \\t]*+\\R\\s*+", "; ") + unrendered);
        this.location = Objects.requireNonNull(location, "location");
        this.unrendered = !unrendered.isEmpty();
    }

    /** The same for the source of a manifest. */
    ManifestException with(String unrendered) {
        return unrendered.isEmpty() ? this : new ManifestException(location, why(), unrendered);
    }

    /** The message without the location. */
    public String why() {
        return getMessage().substring(location.toString().length() + 2);
    }

    /** Whether it looks like a source, such as a template of Helm, which no one rendered. */
    boolean isUnrendered() {
        return unrendered;
    }

    public Location location() {
        return location;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
