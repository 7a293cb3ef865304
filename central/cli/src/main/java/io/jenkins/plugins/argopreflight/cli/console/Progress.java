package io.jenkins.plugins.argopreflight.cli.console;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reports a waiting person on standard error how far a long command is: one line that is rewritten on a terminal, a line
 * every ten seconds elsewhere. A command that is done within a second says nothing.
 */
public final class Progress implements AutoCloseable {

    private static final long QUIET_MILLIS = 1_000;
    private static final long TERMINAL_MILLIS = 200;
    private static final long SPARSE_MILLIS = 10_000;

    private final PrintStream err;
    private final boolean tty;
    private final String what;
    private final boolean counted;
    private final AtomicInteger done = new AtomicInteger();
    private final long start = System.nanoTime();
    private final Thread thread;
    private boolean written;

    /** @param what what is done, such as {@code checking workflows} */
    public static Progress of(Terminal terminal, String what) {
        return new Progress(terminal, what, false);
    }

    /** @param what what is counted, such as {@code namespaces done} */
    public static Progress counting(Terminal terminal, String what) {
        return new Progress(terminal, what, true);
    }

    private Progress(Terminal terminal, String what, boolean counted) {
        this.err = terminal.errLine();
        this.tty = terminal.errIsTty();
        this.what = what;
        this.counted = counted;
        this.thread = new Thread(this::watch, "progress");
        thread.setDaemon(true);
        thread.start();
    }

    /** One more is done. */
    public void step() {
        done.incrementAndGet();
    }

    @Override
    public void close() {
        thread.interrupt();
        synchronized (this) {
            if (written && tty) {
                err.print("\r\u001b[K");
                err.flush();
            }
            written = false;
        }
    }

    private void watch() {
        try {
            Thread.sleep(tty ? QUIET_MILLIS : SPARSE_MILLIS);
            while (!Thread.currentThread().isInterrupted()) {
                show();
                Thread.sleep(tty ? TERMINAL_MILLIS : SPARSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void show() {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        String line = "argo-preflight: " + (counted ? done + " " : "") + what + ", "
                + (System.nanoTime() - start) / 1_000_000_000 + " s";
        if (tty) {
            err.print("\r\u001b[K" + line);
            err.flush();
        } else {
            err.println(line);
        }
        written = true;
    }
}
