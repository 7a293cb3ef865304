package io.jenkins.plugins.argopreflight.cli.console;

/** The error for bad usage or bad input. Its message is one line with the problem, the position and the fix. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
