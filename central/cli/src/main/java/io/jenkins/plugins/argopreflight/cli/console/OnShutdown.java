package io.jenkins.plugins.argopreflight.cli.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** On Ctrl-C, interrupts the thread that made it and gives it a moment to tell what it did. */
public final class OnShutdown implements AutoCloseable {

    private static final int GRACE_SECONDS = 5;

    private final CountDownLatch told = new CountDownLatch(1);
    private final Thread hook;

    public OnShutdown() {
        Thread working = Thread.currentThread();
        hook = new Thread(() -> end(working), "on-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void end(Thread working) {
        working.interrupt();
        try {
            told.await(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        told.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends already.
        }
    }
}
