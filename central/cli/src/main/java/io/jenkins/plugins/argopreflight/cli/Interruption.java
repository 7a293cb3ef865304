package io.jenkins.plugins.argopreflight.cli;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;

/**
 * The shutdown hook that reports on Ctrl-C what an unfinished command has already done, and lets the process end
 * immediately.
 */
final class Interruption extends Thread {

    private final Terminal terminal;
    private volatile boolean finished;

    private final String leftBehind;

    private Interruption(Terminal terminal, String leftBehind) {
        super("interruption");
        this.terminal = terminal;
        this.leftBehind = leftBehind;
    }

    /** Registers the hook for a command. */
    static Interruption watch(Terminal terminal, String[] args) {
        String leftBehind =
                switch (args.length == 0 ? "" : args[0]) {
                    case "sync" ->
                        "; namespaces that were done stay done, and running the same command again completes the rest";
                    case "submit" -> "; a workflow that was submitted is in the lines above";
                    default -> "; nothing was changed";
                };
        Interruption interruption = new Interruption(terminal, leftBehind);
        Runtime.getRuntime().addShutdownHook(interruption);
        return interruption;
    }

    void finished() {
        finished = true;
    }

    @Override
    public void run() {
        if (!finished) {
            terminal.err().println("argo-preflight: interrupted" + leftBehind);
        }
    }
}
