package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The rules for sending a request again. A request that only reads is sent again after any failure that can be
 * temporary. A write is sent again only if it was certainly not carried out: it did not reach the server, or the server
 * asked the client to come back later. After any other failure, the caller must read the current state.
 *
 * @see <a href="https://github.com/kubernetes/client-go/blob/v0.34.4/rest/with_retry.go">client-go's own rule</a>
 */
final class Retries {

    private static final int MAX_ATTEMPTS = 6;

    /**
     * The number of attempts to connect, which take 1.5 seconds together. A server that does not listen seldom begins
     * to listen in the time of more attempts.
     */
    private static final int MAX_CONNECTS = 5;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Set<Integer> TEMPORARY_CODES = Set.of(500, 502, 503, 504);

    private Retries() {}

    /** The effect of a request, on which it depends when the request can be sent again. */
    enum Effect {
        /** The request changes nothing, or nothing more if it is carried out twice. */
        REPEATABLE,
        /** The request is a write that must be carried out at most once. */
        ONCE
    }

    /**
     * Returns the pause before the next attempt after an answer; empty for none.
     *
     * @param attempt 1 after the first try
     */
    static Optional<Duration> afterReply(ApiReply reply, Effect effect, int attempt) {
        boolean isAskedToComeBack =
                reply.code() == 429 || reply.code() == 503 && reply.retryAfter().isPresent();
        boolean isRepeatable =
                isAskedToComeBack || effect == Effect.REPEATABLE && TEMPORARY_CODES.contains(reply.code());
        if (!isRepeatable || attempt >= MAX_ATTEMPTS && reply.retryAfter().isEmpty()) {
            return Optional.empty();
        }
        Duration pause = backoff(attempt);
        return reply.retryAfter()
                .map(asked -> asked.compareTo(pause) > 0 ? asked : pause)
                .or(() -> Optional.of(pause));
    }

    /** Returns the pause before the next attempt after a request without an answer; empty for none. */
    static Optional<Duration> afterFailure(TransportFailure failure, Effect effect, int attempt) {
        boolean isRepeatable = failure.temporary() && (effect == Effect.REPEATABLE || failure.unsent());
        return isRepeatable && attempt < (failure.unsent() ? MAX_CONNECTS : MAX_ATTEMPTS)
                ? Optional.of(backoff(attempt))
                : Optional.empty();
    }

    private static Duration backoff(int attempt) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
