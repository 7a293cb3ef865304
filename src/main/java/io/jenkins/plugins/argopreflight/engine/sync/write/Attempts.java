package io.jenkins.plugins.argopreflight.engine.sync.write;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * The attempts of one write, with a growing pause with full jitter between them. A CONFLICT means that the write of
 * another program succeeded, so that many can follow one another. After faults of the server or the connection, fewer
 * attempts are made. Reads are not repeated here, since the gateway repeats them.
 */
final class Attempts {

    private static final int MAX_CONFLICTS = 200;
    private static final int MAX_FAULTS = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_CONFLICT_PAUSE = Duration.ofMillis(320);
    private static final Duration LONGEST_FAULT_PAUSE = Duration.ofSeconds(2);

    private int conflicts;
    private int faults;

    /**
     * Reads the present state after a failed write. Repeats the read as long as this can help.
     *
     * @throws ClusterException the write's failure if no attempt is left: it shows whether the write can be applied
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

    /** Runs an action that reads before it writes. Repeats it after each failure that can be temporary. */
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

    /** Waits before the next attempt, or throws the failure if no attempt is left or none would help. */
    void afterFailure(ClusterException failure) {
        boolean conflict = isConflict(failure);
        boolean fault = failure.kind() == Kind.TOO_MANY_REQUESTS
                || failure.kind() != Kind.INTERRUPTED && failure.kind().maybeApplied();
        if (conflict && ++conflicts < MAX_CONFLICTS) {
            pauseWithJitter(conflicts, LONGEST_CONFLICT_PAUSE);
        } else if (fault && ++faults < MAX_FAULTS) {
            pauseWithJitter(faults + 2, LONGEST_FAULT_PAUSE);
        } else {
            throw failure;
        }
    }

    /** Returns whether the object has changed since it was read. */
    static boolean isConflict(ClusterException failure) {
        return failure.kind() == Kind.CONFLICT || failure.kind() == Kind.ALREADY_EXISTS;
    }

    private static void pauseWithJitter(int count, Duration longest) {
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
