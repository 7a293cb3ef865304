package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import io.jenkins.plugins.argopreflight.engine.util.concurrent.SharedThreads;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;

/**
 * The watch over calls, which cancels the calls of interrupted threads: a thread that connects or reads a socket does
 * not notice the interrupt. One thread watches the calls of all clients, and ends when there are no calls.
 */
final class InterruptWatch {

    private static final int PERIOD_MILLIS = 50;
    private static final Map<Call, Thread> CALLERS = new ConcurrentHashMap<>();
    private static final AtomicBoolean SCHEDULED = new AtomicBoolean();
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private InterruptWatch() {}

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, task -> SharedThreads.thread(task, "argo-preflight interrupts"));
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    /** The time in which a thread executes a call and reads its answer. */
    interface Watching extends AutoCloseable {
        @Override
        void close();
    }

    /** Watches a call of the current thread until the returned object is closed. */
    static Watching watch(Call call) {
        CALLERS.put(call, Thread.currentThread());
        schedule();
        return () -> CALLERS.remove(call);
    }

    private static void schedule() {
        if (!CALLERS.isEmpty() && SCHEDULED.compareAndSet(false, true)) {
            TIMER.schedule(InterruptWatch::cancelInterrupted, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static void cancelInterrupted() {
        try {
            CALLERS.forEach((call, thread) -> {
                if (thread.isInterrupted()) {
                    cancel(call);
                }
            });
        } finally {
            SCHEDULED.set(false);
            schedule();
        }
    }

    private static void cancel(Call call) {
        try {
            call.cancel();
        } catch (RuntimeException e) {
            // The call's socket cannot be closed, so that the call ends by its timeout; the other calls must end now.
            return;
        }
    }
}
