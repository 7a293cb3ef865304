package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Whether to ask again, and after how long. What only reads is asked again after any failure that passes. A write is
 * asked again only when nothing can have been done: it was not sent, or the server said to come back later. After
 * anything else its caller must read what is there.
 *
 * @see <a href="https://github.com/kubernetes/client-go/blob/v0.34.4/rest/with_retry.go">client-go's own rule</a>
 */
final class Retries {

    private static final int ATTEMPTS = 6;

    /** Waits 1.5 seconds in all: what does not listen seldom begins to while we wait. */
    private static final int CONNECTS = 5;

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Set<Integer> PASSING = Set.of(500, 502, 503, 504);

    private Retries() {}

    /** @param attempt 1 after the first try */
    static Optional<Duration> afterReply(ApiReply reply, boolean readOnly, int attempt) {
        boolean comeBack =
                reply.code() == 429 || reply.code() == 503 && reply.retryAfter().isPresent();
        boolean again = comeBack || readOnly && PASSING.contains(reply.code());
        if (!again || attempt >= ATTEMPTS && reply.retryAfter().isEmpty()) {
            return Optional.empty();
        }
        Duration pause = backoff(attempt);
        return reply.retryAfter()
                .map(asked -> asked.compareTo(pause) > 0 ? asked : pause)
                .or(() -> Optional.of(pause));
    }

    static Optional<Duration> afterFailure(TransportFailure failure, boolean readOnly, int attempt) {
        boolean again = failure.passing() && (readOnly || failure.unsent());
        return again && attempt < (failure.unsent() ? CONNECTS : ATTEMPTS)
                ? Optional.of(backoff(attempt))
                : Optional.empty();
    }

    private static Duration backoff(int attempt) {
        Duration pause = FIRST.multipliedBy(1L << Math.min(attempt - 1, 10));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }
}
