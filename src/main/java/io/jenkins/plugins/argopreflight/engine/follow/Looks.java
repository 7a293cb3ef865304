package io.jenkins.plugins.argopreflight.engine.follow;

import io.jenkins.plugins.argopreflight.engine.cluster.SharedReads;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Closer looks at workflows that do not go on, of all who follow one. Those at one server take turns, so that many that
 * wait send less than a request a second in the long run, and what one read after the others asked is not read again. A
 * few that hang at the same time do not wait.
 */
public final class Looks {

    private static final Pace PACE = new Pace(0.8, 40);

    private final Executor workers;
    private final ScheduledExecutorService timer;
    private final Pace pace;
    private final Map<String, Turns> servers = new HashMap<>();

    /**
     * How many requests can be sent.
     *
     * @param rate a second, in the long run
     * @param burst at once after a pause
     */
    record Pace(double rate, double burst) {}

    /** One look. */
    @FunctionalInterface
    public interface Look {
        /** @param reads through which it sends its requests */
        void at(SharedReads.Run reads);
    }

    private record Wanted(Object owner, long since, Look look) {}

    /** The looks at one server. */
    private static final class Turns {
        private final Deque<Wanted> waiting = new ArrayDeque<>();
        private final SharedReads reads = new SharedReads();
        private double allowed;
        private long counted = System.nanoTime();
        private boolean busy;

        Turns(Pace pace) {
            allowed = pace.burst();
        }

        /** Seconds until the next look's turn; not above 0 when it is now. */
        double pause(Pace pace) {
            long now = System.nanoTime();
            allowed = Math.min(pace.burst(), allowed + (now - counted) * pace.rate() / 1e9);
            counted = now;
            return allowed > 0 ? 0 : (1 - allowed) / pace.rate();
        }
    }

    /** @param workers run the looks; the timer is not held up */
    public Looks(Executor workers, ScheduledExecutorService timer) {
        this(workers, timer, PACE);
    }

    Looks(Executor workers, ScheduledExecutorService timer, Pace pace) {
        this.workers = workers;
        this.timer = timer;
        this.pace = pace;
    }

    /**
     * Looks when it is its turn.
     *
     * @param server the turns are those of its looks
     * @param owner who waits for a look already gets no second one
     */
    public synchronized void ask(String server, Object owner, Look look) {
        servers.values().removeIf(turns -> !turns.busy && turns.waiting.isEmpty() && isRested(turns));
        Turns turns = servers.computeIfAbsent(server, any -> new Turns(pace));
        if (turns.waiting.stream().noneMatch(wanted -> wanted.owner().equals(owner))) {
            turns.waiting.add(new Wanted(owner, System.nanoTime(), look));
            if (!turns.busy) {
                turns.busy = true;
                next(turns);
            }
        }
    }

    private boolean isRested(Turns turns) {
        return turns.pause(pace) <= 0 && turns.allowed >= pace.burst();
    }

    private synchronized void next(Turns turns) {
        Wanted first = turns.waiting.peek();
        if (first == null) {
            turns.reads.forget();
            turns.busy = false;
            return;
        }
        turns.reads.forgetBefore(first.since());
        double pause = turns.pause(pace);
        if (pause > 0) {
            timer.schedule(() -> workers.execute(() -> next(turns)), (long) (pause * 1000), TimeUnit.MILLISECONDS);
        } else {
            turns.waiting.remove();
            workers.execute(() -> look(turns, first));
        }
    }

    private void look(Turns turns, Wanted wanted) {
        SharedReads.Run reads = turns.reads.run(wanted.since());
        try {
            wanted.look().at(reads);
        } finally {
            synchronized (this) {
                turns.allowed -= reads.requests();
                next(turns);
            }
        }
    }
}
