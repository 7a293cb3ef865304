package io.jenkins.plugins.argopreflight.engine.budget;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What one run has used so far, and its limits. A run opens it in its first thread; threads that work for the run bind
 * it. It is charged where work happens, and each charge also ends the work of a run that was aborted.
 */
public final class Budget {

    private static final ThreadLocal<Budget> BOUND = new ThreadLocal<>();

    /** How much that is left out is listed. */
    private static final int LISTED = 100;

    private final RunLimits limits;
    private final long[] most;
    private final AtomicLongArray used = new AtomicLongArray(Limit.values().length);
    private final Map<Limit, Set<String>> distinct = new ConcurrentHashMap<>();
    private final Set<LeftOut> leftOut = new LinkedHashSet<>();
    private volatile boolean aborted;

    private Budget(RunLimits limits) {
        this.limits = limits;
        this.most = Arrays.stream(Limit.values()).mapToLong(limits::of).toArray();
    }

    /** Unbinds the budget from this thread. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** Begins a run in this thread. */
    public static Scope open(RunLimits limits) {
        return new Budget(limits).bind();
    }

    /** Begins a run with the default limits, unless this thread works for a run already. */
    public static Scope ensure() {
        return BOUND.get() == null ? open(RunLimits.DEFAULT) : () -> {};
    }

    /** Whether this thread works for a run. */
    public static boolean isOpen() {
        return BOUND.get() != null;
    }

    /** The budget of the run that this thread works for; a new one with the default limits when there is none. */
    public static Budget current() {
        Budget bound = BOUND.get();
        return bound == null ? new Budget(RunLimits.DEFAULT) : bound;
    }

    /** Lets this thread work for the run. */
    public Scope bind() {
        Budget before = BOUND.get();
        BOUND.set(this);
        return () -> {
            if (before == null) {
                BOUND.remove();
            } else {
                BOUND.set(before);
            }
        };
    }

    /** The limits of the run. */
    public RunLimits limits() {
        return limits;
    }

    /** How much was used so far. */
    public long used(Limit limit) {
        return used.get(limit.ordinal());
    }

    /**
     * Charges what is about to be used.
     *
     * @throws OverBudget when the limit is reached
     * @throws CancellationException when the run was aborted or this thread was interrupted
     */
    public void charge(Limit limit, long amount) {
        checkAborted();
        if (used.addAndGet(limit.ordinal(), amount) > most[limit.ordinal()]) {
            throw over(limit);
        }
    }

    /** What was charged for what no one keeps any longer; never more than was charged. */
    public void giveBack(Limit limit, long amount) {
        used.updateAndGet(limit.ordinal(), before -> Math.max(0, before - amount));
    }

    /** Charges work: one unit, and one more for each 64 characters that are looked at. */
    public void read(long characters) {
        charge(Limit.WORK, 1 + (characters >> 6));
    }

    /** Charges a text that was made. */
    public void text(long characters) {
        atMost(Limit.VALUE, characters);
        charge(Limit.TEXT, characters);
    }

    /** Fails when something is larger or nested deeper than the limit; it is not added up. */
    public void atMost(Limit limit, long size) {
        if (size > most[limit.ordinal()]) {
            throw over(limit);
        }
    }

    /** Whether this name is one of the first so many distinct ones. */
    public boolean admits(Limit limit, String name) {
        checkAborted();
        Set<String> known = distinct.computeIfAbsent(limit, each -> ConcurrentHashMap.newKeySet());
        if (known.contains(name)) {
            return true;
        }
        synchronized (known) {
            boolean admitted = known.contains(name) || known.size() < most[limit.ordinal()] && known.add(name);
            used.set(limit.ordinal(), known.size());
            return admitted;
        }
    }

    /** The failure of a limit, also for its message. */
    public OverBudget over(Limit limit) {
        return new OverBudget(limit, most[limit.ordinal()]);
    }

    /** Records what is left out of the result of the run. */
    public void leftOut(String what, OverBudget why) {
        leftOut(what, why.getMessage());
    }

    /** The same for another reason, a sentence. */
    public void leftOut(String what, String reason) {
        synchronized (leftOut) {
            boolean full = leftOut.size() >= LISTED;
            leftOut.add(new LeftOut(full ? "more than is listed here" : what, reason));
        }
    }

    /** What was left out so far, in that order. */
    public List<LeftOut> leftOut() {
        synchronized (leftOut) {
            return List.copyOf(leftOut);
        }
    }

    /** Ends the work of all threads of the run at their next charge. */
    public void abort() {
        aborted = true;
    }

    /** @throws CancellationException when the run was aborted or this thread was interrupted */
    public void checkAborted() {
        if (aborted || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted");
        }
    }
}
