package io.jenkins.plugins.argopreflight.cli.console;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The progress of a long command on standard error: one line that is rewritten on a terminal, otherwise a line every
 * ten seconds. A command that ends within a second prints nothing.
 */
public final class Progress implements AutoCloseable {

    private static final long FIRST_DELAY_MILLIS = 1_000;
    private static final long TERMINAL_INTERVAL_MILLIS = 200;
    private static final long LINE_INTERVAL_MILLIS = 10_000;

    private final PrintStream err;
    private final boolean tty;
    private final String activity;
    private final boolean counted;
    private final AtomicInteger done = new AtomicInteger();
    private final long start = System.nanoTime();
    private final Thread thread;
    private boolean written;

    /**
     * Starts the progress of a single task.
     *
     * @param activity the task, such as {@code checking workflows}
     */
    public static Progress of(Terminal terminal, String activity) {
        return new Progress(terminal, activity, /* counted= */ false);
    }

    /**
     * Starts the progress of a task with several items, and shows how many are done.
     *
     * @param activity the counted items, such as {@code namespaces done}
     */
    public static Progress counting(Terminal terminal, String activity) {
        return new Progress(terminal, activity, /* counted= */ true);
    }

    private Progress(Terminal terminal, String activity, boolean counted) {
        this.err = terminal.errLine();
        this.tty = terminal.errIsTty();
        this.activity = activity;
        this.counted = counted;
        this.thread = new Thread(this::watch, "progress");
        thread.setDaemon(true);
        thread.start();
    }

    /** Counts one more item. */
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
            Thread.sleep(tty ? FIRST_DELAY_MILLIS : LINE_INTERVAL_MILLIS);
            while (!Thread.currentThread().isInterrupted()) {
                show();
                Thread.sleep(tty ? TERMINAL_INTERVAL_MILLIS : LINE_INTERVAL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void show() {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        String line = "argo-preflight: " + (counted ? done + " " : "") + activity + ", "
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
