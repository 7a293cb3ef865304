package io.jenkins.plugins.argopreflight.engine.sync.write;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * How often one write is tried, and how long to wait between: a growing pause with full jitter. A CONFLICT means that
 * another owner's write went through, so there can be as many of them as there are other writers; faults of the server
 * and of the way to it are given up sooner. Reads are not
 * repeated here: the gateway does.
 */
final class Attempts {

    private static final int CONFLICTS = 200;
    private static final int FAULTS = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_CONFLICT_PAUSE = Duration.ofMillis(320);
    private static final Duration LONGEST_FAULT_PAUSE = Duration.ofSeconds(2);

    private int conflicts;
    private int faults;

    /**
     * Reads what is there after a failed write, again as long as it can help.
     *
     * @throws ClusterException the write's failure when no attempt is left: it shows whether the write can be applied
     */
    <T> T readAfter(ClusterException failure, Supplier<T> read) {
        afterFailure(failure);
        while (true) {
            try {
                return read.get();
            } catch (ClusterException unread) {
                try {
                    afterFailure(unread);
                } catch (ClusterException givenUp) {
                    throw givenUp.kind() == Kind.INTERRUPTED ? givenUp : failure;
                }
            }
        }
    }

    /** Does an action that looks before it writes, again after each failure that can pass. */
    static void repeating(Runnable action) {
        Attempts attempts = new Attempts();
        while (true) {
            try {
                action.run();
                return;
            } catch (ClusterException e) {
                attempts.afterFailure(e);
            }
        }
    }

    /** Waits before the next attempt, or throws the failure when there is none left or none would help. */
    void afterFailure(ClusterException failure) {
        boolean conflict = isConflict(failure);
        boolean fault = failure.kind() == Kind.TOO_MANY_REQUESTS
                || failure.kind() != Kind.INTERRUPTED && failure.kind().maybeApplied();
        if (conflict && ++conflicts < CONFLICTS) {
            pause(conflicts, LONGEST_CONFLICT_PAUSE);
        } else if (fault && ++faults < FAULTS) {
            pause(faults + 2, LONGEST_FAULT_PAUSE);
        } else {
            throw failure;
        }
    }

    /** Whether the object is no longer what it was when it was read. */
    static boolean isConflict(ClusterException failure) {
        return failure.kind() == Kind.CONFLICT || failure.kind() == Kind.ALREADY_EXISTS;
    }

    private static void pause(int count, Duration longest) {
        long bound = Math.min(longest.toMillis(), FIRST_PAUSE.toMillis() << Math.min(count, 10));
        pause(ThreadLocalRandom.current().nextLong(bound / 4, bound + 1));
    }

    /** Sleeps; an interruption ends the whole sync. */
    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException(Kind.INTERRUPTED, "interrupted while waiting to try again", e);
        }
    }
}
