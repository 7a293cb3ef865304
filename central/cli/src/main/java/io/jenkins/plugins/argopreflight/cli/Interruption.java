package io.jenkins.plugins.argopreflight.cli;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;

/** Says on Ctrl-C what an unfinished command leaves behind, and lets the process end at once. */
final class Interruption extends Thread {

    private final Terminal terminal;
    private volatile boolean finished;

    private Interruption(Terminal terminal) {
        super("interruption");
        this.terminal = terminal;
    }

    static Interruption watch(Terminal terminal) {
        Interruption interruption = new Interruption(terminal);
        Runtime.getRuntime().addShutdownHook(interruption);
        return interruption;
    }

    void finished() {
        finished = true;
    }

    @Override
    public void run() {
        if (!finished) {
            terminal.err()
                    .println("argo-preflight: interrupted; namespaces that were done stay done, "
                            + "and running the same command again completes the rest");
        }
    }
}
