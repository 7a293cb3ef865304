package io.jenkins.plugins.argopreflight.engine.model.image;

import java.util.Objects;

/** The error for an image name that no container runtime accepts. The message has the name and the reason. */
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
