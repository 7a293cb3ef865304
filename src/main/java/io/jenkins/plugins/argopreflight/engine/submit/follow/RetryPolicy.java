package io.jenkins.plugins.argopreflight.engine.submit.follow;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import java.util.concurrent.ThreadLocalRandom;

/** The retry policy for a cluster that fails: the pauses between attempts, and their end. */
final class RetryPolicy {

    static final long FIRST_MILLIS = 500;
    private static final long MAX_MILLIS = 30_000;

    /**
     * The number of refusals after which retries end, about a minute. An API server that just started refuses for some
     * seconds what it allows later.
     */
    private static final int MAX_REFUSALS = 7;

    private final long firstMillis;
    private int failures;
    private int refusals;

    /**
     * Creates a policy.
     *
     * @param firstMillis the first pause
     */
    RetryPolicy(long firstMillis) {
        this.firstMillis = firstMillis;
    }

    void success() {
        failures = 0;
        refusals = 0;
    }

    /** Counts a failure of this kind, and returns whether retries end with it. */
    boolean isExhausted(Kind kind) {
        return switch (kind) {
            case NOT_ALLOWED, NOT_CAPTURED, INVALID, TLS -> true;
            // The second token was requested after the first one was refused.
            case UNAUTHORIZED -> ++refusals > 2;
            case FORBIDDEN, NOT_FOUND -> ++refusals > MAX_REFUSALS;
            default -> false;
        };
    }

    /**
     * Returns the next pause: longer after each failure, with a random part, so that clients do not retry at the same
     * time.
     */
    long pause() {
        long pause = Math.min(MAX_MILLIS, firstMillis << Math.min(failures++, 10));
        return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
    }
}
