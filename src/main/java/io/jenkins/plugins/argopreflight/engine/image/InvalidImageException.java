package io.jenkins.plugins.argopreflight.engine.image;

import java.util.Objects;

/** An image name that no container runtime accepts; the message says which name and why. */
public final class InvalidImageException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidImageException(String image, String why) {
        super("invalid image name \"" + image + "\": " + why);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
