package io.jenkins.plugins.argopreflight.cli.demo;

/** The error for a statement of the demo that is not true. */
final class DemoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoException(String claim) {
        super("the demo says \"" + claim + "\", and that is not what happened");
    }
}
