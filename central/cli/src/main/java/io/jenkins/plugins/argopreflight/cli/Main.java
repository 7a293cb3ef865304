package io.jenkins.plugins.argopreflight.cli;

/** The command {@code argo-preflight}. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(2);
    }
}
