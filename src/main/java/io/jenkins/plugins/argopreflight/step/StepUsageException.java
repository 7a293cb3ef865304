package io.jenkins.plugins.argopreflight.step;

import java.io.IOException;

/**
 * The failure of a step whose parameters describe no task. Its message begins with the name of the step. The build gets
 * an {@link hudson.AbortException} with this message, so that no stored build has this class.
 */
public final class StepUsageException extends IOException {

    private static final long serialVersionUID = 1L;

    public StepUsageException(String message) {
        super(message);
    }
}
