package io.jenkins.plugins.argopreflight.engine.kubernetes;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
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
 * A cache of answers of API servers for several runs. A run gets the answer to the same question of another run if both
 * runs have the same identity and limits, and the question was sent after this run was requested. So no answer is older
 * than the request of the run. The cached objects are never changed.
 */
public final class SharedReads {

    /** The maximum age of an answer, also for a run that was requested earlier and has waited for its turn. */
    private static final Duration MAX_AGE = Duration.ofSeconds(60);

    /** The kinds of errors that are answers of the server. After any other error, the next run tries again. */
    private static final Set<Kind> ANSWERS = EnumSet.of(Kind.FORBIDDEN, Kind.NOT_FOUND, Kind.INVALID);

    private final Map<List<Object>, Slot> slots = new ConcurrentHashMap<>();

    /** The newest answer to a question, and the time when the question was sent. */
    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile long sentNanos;
        private volatile Optional<Supplier<?>> answer = Optional.empty();
    }

    /** A run whose reads are shared. */
    public final class Run {

        private final long since;
        private final AtomicLong requests = new AtomicLong();

        private Run(long since) {
            this.since = since;
        }

        /** Returns a gateway to the same cluster with the same limits. */
        public ClusterGateway around(ClusterGateway gateway) {
            return new SharingGateway(gateway, this, scope(gateway));
        }

        /** The number of requests that this run sent so far. */
        public long requests() {
            return requests.get();
        }

        /** Sends a request and counts it. */
        <T> T send(Supplier<T> request) {
            requests.incrementAndGet();
            return request.get();
        }

        /** Returns the known answer to a question, or else sends the request and returns its answer. */
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
                if (slot.answer.isEmpty() || slot.sentNanos - since < 0 || isOld(slot)) {
                    slot.answer = Optional.empty();
                    slot.sentNanos = System.nanoTime();
                    slot.answer = Optional.of(answer(request));
                }
                return (T) slot.answer.get().get();
            } finally {
                slot.lock.unlock();
            }
        }
    }

    /** Returns a run that was requested at this time of {@link System#nanoTime}. */
    public Run run(long since) {
        return new Run(since);
    }

    /** Returns a run that is requested now and shares no answers with other runs. */
    public static Run separateRun() {
        return new SharedReads().run(System.nanoTime());
    }

    /**
     * Removes the answers that no run can use which is requested at this time or later: answers to earlier questions,
     * and answers that are too old.
     */
    public void forgetBefore(long time) {
        slots.values().removeIf(slot -> !slot.lock.isLocked() && (slot.sentNanos - time < 0 || isOld(slot)));
    }

    /** Removes all answers. */
    public void forget() {
        slots.clear();
    }

    private static boolean isOld(Slot slot) {
        return System.nanoTime() - slot.sentNanos > MAX_AGE.toNanos();
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
                throw e.again();
            };
        }
    }

    /** Returns the properties that must be equal for two gateways to share answers. */
    private static List<Object> scope(ClusterGateway gateway) {
        try (LiveCluster live = gateway.live().orElse(null)) {
            return List.of(live == null ? gateway.server() : live.connectionKey(), gateway.limits());
        }
    }
}
