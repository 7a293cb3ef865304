package io.jenkins.plugins.argopreflight.step;

import hudson.AbortException;

/**
 * The failure of a step whose parameters describe no task. Its message begins with the name of the step. The build gets
 * an exception of Jenkins' own class with this message, so that no stored build has this class.
 */
public final class StepUsageException extends AbortException {

    private static final long serialVersionUID = 1L;

    public StepUsageException(String message) {
        super(message);
    }
}
