package io.jenkins.plugins.argopreflight.testing;

import java.util.concurrent.TimeUnit;

/**
 * A network in lockstep: holds every request back until no other comes, then lets all of them through at once. The
 * number of such steps is the number of round trips on the critical path, on a slow machine too.
 */
public final class Lockstep implements Runnable, AutoCloseable {

    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(400);

    private final Thread clock = new Thread(this::tick, "lockstep");
    private int steps;
    private int held;
    private long last;
    private boolean closed;

    public Lockstep() {
        clock.setDaemon(true);
        clock.start();
    }

    /** A request arrives; returns when it may go on. */
    @Override
    public synchronized void run() {
        held++;
        last = System.nanoTime();
        int arrived = steps;
        try {
            while (steps == arrived && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the number of steps so far. */
    public synchronized int steps() {
        return steps;
    }

    private synchronized void tick() {
        try {
            while (!closed) {
                wait(20);
                if (held > 0 && System.nanoTime() - last > QUIET) {
                    steps++;
                    held = 0;
                    notifyAll();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
