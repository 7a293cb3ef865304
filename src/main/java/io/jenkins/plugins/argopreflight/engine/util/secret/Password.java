package io.jenkins.plugins.argopreflight.engine.util.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A password or token. It prints {@code ***}, so that no log, report or exception contains it by accident. */
public final class Password {

    private final String value;

    private Password(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    public static Password of(String value) {
        return new Password(value);
    }

    /** Returns the clear text. Call this only where it is sent to its own registry or written into its own Secret. */
    public String reveal() {
        return value;
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    /**
     * Returns whether this is a marker in place of a password, as in a snapshot. A marker is never sent to a registry.
     */
    public boolean isMarker() {
        return Markers.isMarker(value);
    }

    /** Compares in constant time. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Password
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8),
                        ((Password) other).value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
