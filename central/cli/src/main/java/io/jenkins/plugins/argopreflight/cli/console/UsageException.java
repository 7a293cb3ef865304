package io.jenkins.plugins.argopreflight.cli.console;

/** Bad usage or bad input: the message is one line that says what, where, and what to do instead. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
