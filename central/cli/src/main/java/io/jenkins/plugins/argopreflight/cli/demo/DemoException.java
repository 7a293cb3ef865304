package io.jenkins.plugins.argopreflight.cli.demo;

/** Something was not as the demo shows it. */
final class DemoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoException(String claim) {
        super("the demo says \"" + claim + "\", and that is not what happened");
    }
}
