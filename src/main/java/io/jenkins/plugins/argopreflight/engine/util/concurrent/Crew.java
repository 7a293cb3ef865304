package io.jenkins.plugins.argopreflight.engine.util.concurrent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An executor for one purpose of one run, on threads of {@link SharedThreads}. Shutting it down ends its own tasks
 * only.
 */
public final class Crew extends AbstractExecutorService {

    private final SharedThreads all;
    private final Object owner;
    private final int maxRunning;

    /** The tasks that no thread has begun. Like the fields below, they are guarded by {@code all}. */
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    private final Set<Thread> workers = new HashSet<>();
    private int running;
    private boolean shutdown;
    private boolean stopped;

    Crew(SharedThreads all, Object owner, int maxRunning) {
        this.all = all;
        this.owner = owner;
        this.maxRunning = maxRunning;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (all) {
            if (shutdown) {
                throw new RejectedExecutionException("the run has ended");
            }
            tasks.addLast(task);
            all.announce(this);
            all.begin();
        }
    }

    /** Returns a task that no thread has begun, so that the calling thread can run it; null if there is none. */
    public @Nullable Runnable poll() {
        synchronized (all) {
            return tasks.pollFirst();
        }
    }

    @Override
    public void shutdown() {
        synchronized (all) {
            shutdown = true;
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        synchronized (all) {
            shutdown = true;
            stopped = true;
            List<Runnable> left = new ArrayList<>(tasks);
            tasks.clear();
            workers.forEach(Thread::interrupt);
            all.notifyAll();
            return left;
        }
    }

    @Override
    public boolean isShutdown() {
        synchronized (all) {
            return shutdown;
        }
    }

    @Override
    public boolean isTerminated() {
        synchronized (all) {
            return shutdown && running == 0 && tasks.isEmpty();
        }
    }

    @Override
    public boolean awaitTermination(long time, TimeUnit unit) throws InterruptedException {
        long end = System.nanoTime() + unit.toNanos(time);
        synchronized (all) {
            while (!isTerminated()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                all.wait(left);
            }
            return true;
        }
    }

    Object owner() {
        return owner;
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Returns a task that can begin, or null if there is none. */
    @Nullable
    Runnable take() {
        if (tasks.isEmpty() || running >= maxRunning) {
            return null;
        }
        running++;
        return tasks.pollFirst();
    }

    /** Runs a task in this thread. {@link #shutdownNow} interrupts the thread until {@link #detach} is called. */
    Thread run(Runnable task) {
        Thread worker = Thread.currentThread();
        synchronized (all) {
            workers.add(worker);
            if (stopped) {
                worker.interrupt();
            }
        }
        try {
            task.run();
        } catch (Throwable e) {
            // Libraries in Kotlin throw exceptions that they do not declare, and the thread must be given back.
            Thread.UncaughtExceptionHandler handler = worker.getUncaughtExceptionHandler();
            handler.uncaughtException(worker, e);
        }
        return worker;
    }

    /**
     * Removes a thread, which works for another crew from now on, so that {@link #shutdownNow} no longer interrupts it.
     */
    void detach(Thread worker) {
        workers.remove(worker);
        Thread.interrupted();
    }

    void ended() {
        running--;
    }
}
