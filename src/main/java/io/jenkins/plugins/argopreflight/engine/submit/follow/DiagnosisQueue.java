package io.jenkins.plugins.argopreflight.engine.submit.follow;

import io.jenkins.plugins.argopreflight.engine.kubernetes.SharedReads;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The diagnoses of workflows that do not continue, for all followers. The diagnoses at a server run one after the
 * other, so that many waiting workflows cause less than one request a second on average. Objects that were read after a
 * diagnosis was requested are not read again. A few workflows that hang at the same time do not wait.
 */
public final class DiagnosisQueue {

    private static final Pace PACE = new Pace(0.8, 40);

    private final Executor workers;
    private final ScheduledExecutorService timer;
    private final Pace pace;
    private final Map<String, ServerQueue> servers = new HashMap<>();

    /**
     * The limit of the rate of requests.
     *
     * @param rate requests a second, on average
     * @param burst requests at once after a pause
     */
    record Pace(double rate, double burst) {}

    /** A diagnosis of a workflow. */
    @FunctionalInterface
    public interface Look {
        /**
         * Runs the diagnosis.
         *
         * @param reads the reader that sends its requests
         */
        void at(SharedReads.Run reads);
    }

    private record QueuedLook(Object owner, long requestedNanos, Look look) {}

    /** The queue of a server. */
    private static final class ServerQueue {
        private final Deque<QueuedLook> waiting = new ArrayDeque<>();
        private final SharedReads reads = new SharedReads();
        private double allowedRequests;
        private long countedNanos = System.nanoTime();
        private boolean busy;

        ServerQueue(Pace pace) {
            allowedRequests = pace.burst();
        }

        /** Returns the seconds until the next diagnosis can run; 0 if it can run now. */
        double pauseSeconds(Pace pace) {
            long now = System.nanoTime();
            allowedRequests = Math.min(pace.burst(), allowedRequests + (now - countedNanos) * pace.rate() / 1e9);
            countedNanos = now;
            return allowedRequests > 0 ? 0 : (1 - allowedRequests) / pace.rate();
        }
    }

    /**
     * Creates an instance.
     *
     * @param workers run the diagnoses
     * @param timer runs tasks after pauses; its tasks are short
     */
    public DiagnosisQueue(Executor workers, ScheduledExecutorService timer) {
        this(workers, timer, PACE);
    }

    DiagnosisQueue(Executor workers, ScheduledExecutorService timer, Pace pace) {
        this.workers = workers;
        this.timer = timer;
        this.pace = pace;
    }

    /**
     * Runs a diagnosis when it is its turn.
     *
     * @param server the server of the queue
     * @param owner the follower; a second request of a waiting follower is ignored
     */
    public synchronized void ask(String server, Object owner, Look look) {
        servers.values().removeIf(queue -> !queue.busy && queue.waiting.isEmpty() && isIdle(queue));
        ServerQueue queue = servers.computeIfAbsent(server, absent -> new ServerQueue(pace));
        if (queue.waiting.stream().noneMatch(queued -> queued.owner().equals(owner))) {
            queue.waiting.add(new QueuedLook(owner, System.nanoTime(), look));
            if (!queue.busy) {
                queue.busy = true;
                next(queue);
            }
        }
    }

    private boolean isIdle(ServerQueue queue) {
        return queue.pauseSeconds(pace) <= 0 && queue.allowedRequests >= pace.burst();
    }

    private synchronized void next(ServerQueue queue) {
        QueuedLook queued = queue.waiting.peek();
        if (queued == null) {
            queue.reads.forget();
            queue.busy = false;
            return;
        }
        queue.reads.forgetBefore(queued.requestedNanos());
        double pauseSeconds = queue.pauseSeconds(pace);
        if (pauseSeconds > 0) {
            timer.schedule(
                    () -> workers.execute(() -> next(queue)), (long) (pauseSeconds * 1000), TimeUnit.MILLISECONDS);
        } else {
            queue.waiting.remove();
            workers.execute(() -> run(queue, queued));
        }
    }

    private void run(ServerQueue queue, QueuedLook queued) {
        SharedReads.Run reads = queue.reads.run(queued.requestedNanos());
        try {
            queued.look().at(reads);
        } finally {
            synchronized (this) {
                queue.allowedRequests -= reads.requests();
                next(queue);
            }
        }
    }
}
