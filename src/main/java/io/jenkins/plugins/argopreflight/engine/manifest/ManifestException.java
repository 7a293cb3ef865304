package io.jenkins.plugins.argopreflight.engine.manifest;

import java.util.Objects;

/** A file that is no manifest: one line that says where and why. */
public final class ManifestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Location location;

    public ManifestException(Location location, String why) {
        super(location + ": " + why.strip().replaceAll("\\s*\\R\\s*", "; "));
        this.location = Objects.requireNonNull(location, "location");
    }

    public Location location() {
        return location;
    }
}
