package io.jenkins.plugins.argopreflight.cli.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A shutdown hook that on Ctrl-C interrupts the thread that created it, and gives it time to print its result. */
public final class OnShutdown implements AutoCloseable {

    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

    private final Duration grace;
    private final CountDownLatch signalled = new CountDownLatch(1);
    private final Thread hook;

    public OnShutdown() {
        this(DEFAULT_GRACE);
    }

    /**
     * Creates a hook for the current thread.
     *
     * @param grace the time for the thread before the process ends anyway
     */
    public OnShutdown(Duration grace) {
        this.grace = grace;
        Thread thread = Thread.currentThread();
        hook = new Thread(() -> end(thread), "on-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void end(Thread thread) {
        thread.interrupt();
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
            // The process is already ending.
        }
    }
}
