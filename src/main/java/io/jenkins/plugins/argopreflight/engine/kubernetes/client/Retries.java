package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The rule whether a request is sent again, and after what time. A request that only reads is sent again after any
 * failure that can be temporary. A write is sent again only if nothing can have been done: it was not sent, or the
 * server asked to come back later. After any other failure, the caller must read the present state.
 *
 * @see <a href="https://github.com/kubernetes/client-go/blob/v0.34.4/rest/with_retry.go">client-go's own rule</a>
 */
final class Retries {

    private static final int MAX_ATTEMPTS = 6;

    /**
     * The attempts to connect, which take 1.5 seconds in all: a server that does not listen seldom begins to do so
     * meanwhile.
     */
    private static final int MAX_CONNECTS = 5;

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Set<Integer> PASSING = Set.of(500, 502, 503, 504);

    private Retries() {}

    /**
     * Returns the pause before the next attempt; empty for none.
     *
     * @param attempt 1 after the first try
     */
    static Optional<Duration> afterReply(ApiReply reply, boolean readOnly, int attempt) {
        boolean comeBack =
                reply.code() == 429 || reply.code() == 503 && reply.retryAfter().isPresent();
        boolean again = comeBack || readOnly && PASSING.contains(reply.code());
        if (!again || attempt >= MAX_ATTEMPTS && reply.retryAfter().isEmpty()) {
            return Optional.empty();
        }
        Duration pause = backoff(attempt);
        return reply.retryAfter()
                .map(asked -> asked.compareTo(pause) > 0 ? asked : pause)
                .or(() -> Optional.of(pause));
    }

    static Optional<Duration> afterFailure(TransportFailure failure, boolean readOnly, int attempt) {
        boolean again = failure.passing() && (readOnly || failure.unsent());
        return again && attempt < (failure.unsent() ? MAX_CONNECTS : MAX_ATTEMPTS)
                ? Optional.of(backoff(attempt))
                : Optional.empty();
    }

    private static Duration backoff(int attempt) {
        Duration pause = FIRST.multipliedBy(1L << Math.min(attempt - 1, 10));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }
}
