package io.jenkins.plugins.argopreflight.engine.concurrent;

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
 * Threads that all runs share: their number is limited in all and for each run, and they take tasks of the runs in turn. A
 * run waits at most for a task of another one, never until that run ends; the thread that waits for tasks can do them itself.
 */
public final class SharedThreads {

    /** Sets no limit: for tasks whose number is limited elsewhere. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** Threads that wait for work would keep the buffers that libraries have for each thread. */
    private static final long IDLE_SECONDS = 0;

    private final ExecutorService threads;
    private final int most;
    private final int share;
    private final Map<Object, Integer> shares = new IdentityHashMap<>();
    private final Deque<Crew> waiting = new ArrayDeque<>();
    private int busy;

    /** A task that has a thread. */
    private record Turn(Crew crew, Runnable task) {}

    /**
     * @param name of the threads
     * @param most threads in all
     * @param share threads that one run can have of them
     */
    public SharedThreads(String name, int most, int share) {
        this.most = most;
        this.share = share;
        this.threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> thread(task, name));
    }

    /** Creates a thread that inherits nothing of the one that needs it first, such as the user that it works for. */
    public static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setContextClassLoader(SharedThreads.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Returns an executor for tasks of a run.
     *
     * @param run whose share counts
     * @param width tasks under way at the same time
     */
    public Crew crew(Object run, int width) {
        return new Crew(this, run, width);
    }

    /** Begins as many tasks as can begin now. */
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
            // The system gives no more threads: the task fails in the place where it was given.
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

    private synchronized @Nullable Turn end(Turn turn, Thread worker) {
        turn.crew.left(worker);
        release(turn);
        return next();
    }

    private void release(Turn turn) {
        turn.crew.ended();
        busy--;
        shares.merge(turn.crew.owner(), -1, (held, less) -> held + less == 0 ? null : held + less);
        notifyAll();
    }

    /** The first task that can begin, of the crew that waits longest. */
    private @Nullable Turn next() {
        for (Iterator<Crew> crews = waiting.iterator(); busy < most && crews.hasNext(); ) {
            Crew crew = crews.next();
            Runnable task = shares.getOrDefault(crew.owner(), 0) < share ? crew.take() : null;
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
