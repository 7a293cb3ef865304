package io.jenkins.plugins.argopreflight.engine.manifest;

import java.util.Objects;

/** A file that is no manifest: one line that says where and why. */
public final class ManifestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Location location;

    public ManifestException(Location location, String why) {
        super(location + ": " + why.strip().replaceAll("(?<![ \\t])[ \\t]*+\\R\\s*+", "; "));
        this.location = Objects.requireNonNull(location, "location");
    }

    /** The same with a hint at its end. */
    ManifestException with(String hint) {
        String why = getMessage().substring(location.toString().length() + 2);
        return hint.isEmpty() ? this : new ManifestException(location, why + hint);
    }

    public Location location() {
        return location;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
