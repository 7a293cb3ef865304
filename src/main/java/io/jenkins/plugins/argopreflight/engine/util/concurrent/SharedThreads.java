package io.jenkins.plugins.argopreflight.engine.util.concurrent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A pool of threads for all runs. The number of threads is limited in all and for each run. The threads take tasks of
 * the runs in turn, so that a run waits for a task of another run, never for the end of that run. A thread that waits
 * for the end of tasks can execute them itself.
 */
public final class SharedThreads {

    /** The maximum for tasks whose number is limited elsewhere. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** Zero, because threads that wait for work would keep the buffers that libraries have for each thread. */
    private static final long IDLE_SECONDS = 0;

    private final ExecutorService threads;
    private final int maxThreads;
    private final int maxPerRun;
    private final Map<Object, Integer> shares = new IdentityHashMap<>();
    private final Deque<Crew> waiting = new ArrayDeque<>();
    private int busy;

    /** A task for which a thread is reserved. */
    private record Turn(Crew crew, Runnable task) {}

    /**
     * Creates a pool.
     *
     * @param name the name of the threads
     * @param maxThreads the maximum of threads in all
     * @param maxPerRun the maximum of threads for one run
     */
    public SharedThreads(String name, int maxThreads, int maxPerRun) {
        this.maxThreads = maxThreads;
        this.maxPerRun = maxPerRun;
        this.threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> thread(task, name));
    }

    /**
     * Creates a thread that inherits nothing from the creating thread, such as the user on whose behalf that thread
     * runs.
     */
    public static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setContextClassLoader(SharedThreads.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Returns an executor for tasks of a run.
     *
     * @param run the run whose limit of threads applies
     * @param maxRunning the maximum of tasks that run at the same time
     */
    public Crew crew(Object run, int maxRunning) {
        return new Crew(this, run, maxRunning);
    }

    /** Begins all tasks that can begin now. */
    void begin() {
        synchronized (this) {
            for (Turn turn = next(); turn != null; turn = next()) {
                start(turn);
            }
        }
    }

    private void start(Turn turn) {
        try {
            threads.execute(() -> work(turn));
        } catch (Error e) {
            // The system gives no more threads: the task fails where it was submitted.
            release(turn);
            throw e;
        }
    }

    /** Queues a crew that has tasks. */
    synchronized void announce(Crew crew) {
        if (!waiting.contains(crew)) {
            waiting.addLast(crew);
        }
    }

    private void work(Turn first) {
        Turn turn = first;
        while (turn != null) {
            turn = end(turn, turn.crew.run(turn.task));
        }
    }

    /** Ends a turn and returns the next one; null if there is none. */
    private synchronized @Nullable Turn end(Turn turn, Thread worker) {
        turn.crew.detach(worker);
        release(turn);
        return next();
    }

    private void release(Turn turn) {
        turn.crew.ended();
        busy--;
        shares.merge(turn.crew.owner(), -1, (held, change) -> held + change == 0 ? null : held + change);
        notifyAll();
    }

    /** Returns the first task that can begin, from the crew that has waited longest; null if there is none. */
    private @Nullable Turn next() {
        for (Iterator<Crew> crews = waiting.iterator(); busy < maxThreads && crews.hasNext(); ) {
            Crew crew = crews.next();
            Runnable task = shares.getOrDefault(crew.owner(), 0) < maxPerRun ? crew.take() : null;
            if (task != null) {
                crews.remove();
                if (!crew.isEmpty()) {
                    waiting.addLast(crew);
                }
                busy++;
                shares.merge(crew.owner(), 1, Integer::sum);
                return new Turn(crew, task);
            }
            if (crew.isEmpty()) {
                crews.remove();
            }
        }
        return null;
    }
}
