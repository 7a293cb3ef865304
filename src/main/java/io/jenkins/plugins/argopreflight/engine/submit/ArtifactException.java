package io.jenkins.plugins.argopreflight.engine.submit;

import java.io.IOException;

/** The error for an artifact that is not copied, with the reason in a sentence. */
public final class ArtifactException extends IOException {

    private static final long serialVersionUID = 1L;

    public ArtifactException(String message) {
        super(message);
    }
}
