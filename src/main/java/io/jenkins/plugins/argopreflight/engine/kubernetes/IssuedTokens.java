package io.jenkins.plugins.argopreflight.engine.kubernetes;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache of tokens that API servers issued for a limited time. The tokens are kept in memory only, and renewed before
 * they expire. The cache is safe for concurrent use: if several callers need a new token, one of them requests it.
 */
public final class IssuedTokens {

    /**
     * The time after a failed request in which no other request is sent, and the age until which a token is not
     * replaced even if the server refuses it.
     */
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** The number of tokens that are kept; the least recently used ones are forgotten. */
    static final int MAX_TOKENS = 200;

    /** The part of a token's lifetime after which it is renewed. */
    private static final int RENEWED_AT_PERCENT = 80;
    /** The time for which a failed renewal is reported. */
    private static final Duration FAILURE_AGE = Duration.ofDays(1);

    private final Clock clock;
    private final Map<String, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);

    public IssuedTokens(Clock clock) {
        this.clock = clock;
    }

    /**
     * A token from a server.
     *
     * @param lifetime the time that the server granted, which can be less than requested
     */
    public record Issued(Password token, Duration lifetime) {}

    /**
     * Returns the token of this key.
     *
     * @param key a text for the purpose of the token and the credential that requests it: the same token is returned
     *     only for the same credential
     * @param user the cluster that uses the token, in words for {@link #failures}
     * @param request gets a new token from the server
     * @throws ClusterException if there is no token; after a failed renewal, the previous token is returned until it
     *     expires
     */
    public Password get(String key, String user, Supplier<Issued> request) {
        Slot slot = slot(key);
        try {
            slot.lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException(Kind.INTERRUPTED, "interrupted while waiting for a token");
        }
        try {
            return slot.get(user, request, clock.instant());
        } finally {
            slot.lock.unlock();
        }
    }

    /** Reports that the server refuses a token: the next caller gets another token, unless the refused one is new. */
    public void refuse(String key, Password token) {
        Slot slot = slot(key);
        slot.lock.lock();
        try {
            slot.refuse(token, clock.instant());
        } finally {
            slot.lock.unlock();
        }
    }

    /**
     * A renewal that failed.
     *
     * @param user the cluster that uses the token
     * @param reason the reason, in a sentence without a full stop
     */
    public record FailedRenewal(String user, String reason) {}

    /** Returns the renewals that failed in the last day and were not followed by a successful one. */
    public synchronized List<FailedRenewal> failures() {
        Instant since = clock.instant().minus(FAILURE_AGE);
        return slots.values().stream()
                .map(slot -> slot.failure)
                .filter(failure -> failure != null && failure.at().isAfter(since))
                .map(failure -> new FailedRenewal(failure.user(), failure.why().getMessage()))
                .distinct()
                .toList();
    }

    private synchronized Slot slot(String key) {
        Slot slot = slots.computeIfAbsent(key, any -> new Slot());
        if (slots.size() > MAX_TOKENS) {
            slots.remove(slots.keySet().iterator().next());
        }
        return slot;
    }

    private record Failure(String user, ClusterException why, Instant at) {}

    /** The token of one key. A caller of its methods holds the lock. */
    private static final class Slot {

        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable Password token;
        private Instant issued = Instant.MIN;
        private Instant renewal = Instant.MIN;
        private Instant expiry = Instant.MIN;
        private volatile @Nullable Failure failure;

        Password get(String user, Supplier<Issued> request, Instant now) {
            if (token != null && now.isBefore(renewal)) {
                return token;
            }
            if (failure == null || !now.isBefore(failure.at().plus(PAUSE))) {
                renew(user, request, now);
            }
            if (token != null && now.isBefore(expiry)) {
                return token;
            }
            throw Objects.requireNonNull(failure).why().again();
        }

        private void renew(String user, Supplier<Issued> request, Instant now) {
            try {
                Issued answer = request.get();
                token = answer.token();
                issued = now;
                renewal = now.plus(
                        answer.lifetime().multipliedBy(RENEWED_AT_PERCENT).dividedBy(100));
                expiry = now.plus(answer.lifetime());
                failure = null;
            } catch (ClusterException e) {
                if (e.kind() == Kind.INTERRUPTED) {
                    throw e;
                }
                failure = new Failure(user, e, now);
            }
        }

        void refuse(Password refused, Instant now) {
            if (refused.equals(token) && !now.isBefore(issued.plus(PAUSE))) {
                token = null;
                renewal = Instant.MIN;
                expiry = Instant.MIN;
            }
        }
    }
}
