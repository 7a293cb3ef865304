package io.jenkins.plugins.argopreflight.cli.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** On Ctrl-C, interrupts the thread that made it and gives it time to show what it did. */
public final class OnShutdown implements AutoCloseable {

    private static final Duration MOMENT = Duration.ofSeconds(5);

    private final Duration grace;
    private final CountDownLatch signalled = new CountDownLatch(1);
    private final Thread hook;

    public OnShutdown() {
        this(MOMENT);
    }

    /** @param grace how long the thread can take before the process ends all the same */
    public OnShutdown(Duration grace) {
        this.grace = grace;
        Thread working = Thread.currentThread();
        hook = new Thread(() -> end(working), "on-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void end(Thread working) {
        working.interrupt();
        try {
            signalled.await(grace.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        signalled.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends already.
        }
    }
}
