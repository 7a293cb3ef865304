package io.jenkins.plugins.argopreflight.engine.cluster;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Answers of API servers for several runs: what one got, another with the same identity and the same limits gets
 * without a further request, when the question was sent after the other had been asked for. So no one gets an older
 * answer than to a question of its own. It never changes what it holds.
 */
public final class SharedReads {

    /** How old an answer can be, also for a run that has waited for its turn since. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** The server's answers; everything else is no answer, and the next one tries again. */
    private static final Set<Kind> ANSWERS = EnumSet.of(Kind.FORBIDDEN, Kind.NOT_FOUND, Kind.INVALID);

    private final Map<List<Object>, Slot> slots = new ConcurrentHashMap<>();

    /** The newest answer to a question, and when that was sent. */
    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile long sent;
        private volatile Optional<Supplier<?>> answer = Optional.empty();
    }

    /** A run whose reads are shared. */
    public final class Run {

        private final long since;
        private final AtomicLong requests = new AtomicLong();

        private Run(long since) {
            this.since = since;
        }

        /** The same cluster with the same limits. */
        public ClusterGateway around(ClusterGateway gateway) {
            return new SharingGateway(gateway, this, scope(gateway));
        }

        /** How many requests it sent so far. */
        public long requests() {
            return requests.get();
        }

        /** Counts a request. */
        <T> T send(Supplier<T> request) {
            requests.incrementAndGet();
            return request.get();
        }

        /** The answer that is known, else the one to this request. */
        @SuppressWarnings("unchecked")
        <T> T ask(List<Object> question, Supplier<T> request) {
            Slot slot = slots.computeIfAbsent(question, any -> new Slot());
            try {
                slot.lock.lockInterruptibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ClusterException(Kind.INTERRUPTED, "interrupted while another run was asking", e);
            }
            try {
                if (slot.answer.isEmpty() || slot.sent - since < 0 || isOld(slot)) {
                    slot.answer = Optional.empty();
                    slot.sent = System.nanoTime();
                    slot.answer = Optional.of(answer(request));
                }
                return (T) slot.answer.get().get();
            } finally {
                slot.lock.unlock();
            }
        }
    }

    /** A run that was asked for at this time of {@link System#nanoTime}. */
    public Run run(long since) {
        return new Run(since);
    }

    /** A run that is asked for now. */
    public static Run own() {
        return new SharedReads().run(System.nanoTime());
    }

    /** Drops what no run that was asked for then or later can use. */
    public void forgetBefore(long time) {
        slots.values().removeIf(slot -> !slot.lock.isLocked() && (slot.sent - time < 0 || isOld(slot)));
    }

    /** Drops everything. */
    public void forget() {
        slots.clear();
    }

    private static boolean isOld(Slot slot) {
        return System.nanoTime() - slot.sent > LONGEST.toNanos();
    }

    private static Supplier<?> answer(Supplier<?> request) {
        try {
            Object answer = request.get();
            return () -> answer;
        } catch (ClusterException e) {
            if (!ANSWERS.contains(e.kind())) {
                throw e;
            }
            return () -> {
                throw new ClusterException(e.kind(), e.getMessage(), e);
            };
        }
    }

    /** What two gateways must have in common for one's answers to be the other's. */
    private static List<Object> scope(ClusterGateway gateway) {
        try (LiveCluster live = gateway.live().orElse(null)) {
            return List.of(live == null ? gateway.server() : live.identity(), gateway.limits());
        }
    }
}
