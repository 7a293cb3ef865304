package io.jenkins.plugins.argopreflight.engine.follow;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import java.util.concurrent.ThreadLocalRandom;

/** How long a cluster that fails is asked again, and after which pauses. */
final class Patience {

    static final long FIRST_MILLIS = 500;
    private static final long LONGEST_MILLIS = 30_000;

    /** An API server that just started refuses for some seconds what it allows later: about a minute is given. */
    private static final int REFUSALS = 7;

    private final long first;
    private int failures;
    private int refusals;

    /** @param first milliseconds of the first pause */
    Patience(long first) {
        this.first = first;
    }

    void success() {
        failures = 0;
        refusals = 0;
    }

    /** Whether there is no use in trying again after one more failure of this kind. */
    boolean isOver(Kind kind) {
        return switch (kind) {
            case NOT_ALLOWED, NOT_CAPTURED, INVALID, TLS -> true;
            // The second token was requested after the first was refused.
            case UNAUTHORIZED -> ++refusals > 2;
            case FORBIDDEN, NOT_FOUND -> ++refusals > REFUSALS;
            default -> false;
        };
    }

    /** Milliseconds, longer each time, and not the same for all who wait. */
    long pause() {
        long pause = Math.min(LONGEST_MILLIS, first << Math.min(failures++, 10));
        return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
    }
}
