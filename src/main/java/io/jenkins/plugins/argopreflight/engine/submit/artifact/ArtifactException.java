package io.jenkins.plugins.argopreflight.engine.submit.artifact;

import java.io.IOException;

/** An artifact that is not copied, with a sentence that says why. */
public final class ArtifactException extends IOException {

    private static final long serialVersionUID = 1L;

    public ArtifactException(String message) {
        super(message);
    }
}
