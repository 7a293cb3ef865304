package io.jenkins.plugins.argopreflight.engine.util.limits;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The resources that one run has used so far, and their limits. A run opens its budget in its first thread; threads
 * that work for the run bind it. Work charges the budget where it happens, and each charge also ends the work of a run
 * that was aborted.
 */
public final class Budget {

    private static final ThreadLocal<Budget> BOUND = new ThreadLocal<>();

    /** The number of omissions that are listed. */
    private static final int MAX_LISTED = 100;

    private final RunLimits limits;
    private final long[] maxima;
    private final AtomicLongArray used = new AtomicLongArray(Limit.values().length);
    private final Map<Limit, Set<String>> distinct = new ConcurrentHashMap<>();
    private final Set<LeftOut> leftOut = new LinkedHashSet<>();
    private volatile boolean aborted;

    private Budget(RunLimits limits) {
        this.limits = limits;
        this.maxima = Arrays.stream(Limit.values()).mapToLong(limits::of).toArray();
    }

    /** A binding of a budget to a thread. Closing it restores the budget that was bound before. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** Begins a run in this thread. A step, a command or a form calls it with the limits that apply there. */
    public static Scope open(RunLimits limits) {
        return new Budget(limits).bind();
    }

    /**
     * Returns the budget of the run that this thread works for.
     *
     * @throws IllegalStateException if there is none: the step or command did not open one, so its limits would not
     *     apply
     */
    public static Budget current() {
        Budget bound = BOUND.get();
        if (bound == null) {
            throw new IllegalStateException("internal error: this thread works for no run, so no limit applies;"
                    + " open a Budget where the step or the command begins");
        }
        return bound;
    }

    /** Binds this budget to the current thread, so that the thread's work is charged to it. */
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

    /** Returns the amount that was used so far. */
    public long used(Limit limit) {
        return used.get(limit.ordinal());
    }

    /**
     * Charges an amount before it is used.
     *
     * @throws OverBudget if the limit is exceeded
     * @throws CancellationException if the run was aborted or this thread was interrupted
     */
    public void charge(Limit limit, long amount) {
        checkAborted();
        if (used.addAndGet(limit.ordinal(), amount) > maxima[limit.ordinal()]) {
            throw over(limit);
        }
    }

    /** Returns to the budget an amount that was charged for something that is no longer kept. */
    public void giveBack(Limit limit, long amount) {
        used.updateAndGet(limit.ordinal(), before -> Math.max(0, before - amount));
    }

    /** Charges work: one unit, and one more for each 64 characters that are read. */
    public void chargeRead(long characters) {
        charge(Limit.WORK_UNITS, 1 + (characters >> 6));
    }

    /** Charges a text that was created. */
    public void chargeText(long characters) {
        atMost(Limit.VALUE_CHARACTERS, characters);
        charge(Limit.TEXT_CHARACTERS, characters);
    }

    /**
     * Checks a size or depth that is not added up over the run.
     *
     * @throws OverBudget if it is greater than the limit
     */
    public void atMost(Limit limit, long size) {
        if (size > maxima[limit.ordinal()]) {
            throw over(limit);
        }
    }

    /** Returns whether a name is among the first distinct names that the limit allows. */
    public boolean admits(Limit limit, String name) {
        checkAborted();
        Set<String> known = distinct.computeIfAbsent(limit, each -> ConcurrentHashMap.newKeySet());
        if (known.contains(name)) {
            return true;
        }
        synchronized (known) {
            boolean admitted = known.contains(name) || known.size() < maxima[limit.ordinal()] && known.add(name);
            used.set(limit.ordinal(), known.size());
            return admitted;
        }
    }

    /**
     * Creates the exception for an exceeded limit. Callers also use it, without throwing it, as the reason of an
     * omission.
     */
    public OverBudget over(Limit limit) {
        return new OverBudget(limit, maxima[limit.ordinal()]);
    }

    /** Records an omission from the result of the run. */
    public void leftOut(String what, OverBudget why) {
        leftOut(what, why.getMessage());
    }

    /** Records an omission with another reason, a sentence. */
    public void leftOut(String what, String reason) {
        synchronized (leftOut) {
            boolean full = leftOut.size() >= MAX_LISTED;
            leftOut.add(new LeftOut(full ? "more than is listed here" : what, reason));
        }
    }

    /** Returns the omissions so far, in the order in which they were recorded. */
    public List<LeftOut> leftOut() {
        synchronized (leftOut) {
            return List.copyOf(leftOut);
        }
    }

    /** Ends the work of all threads of the run at their next charge. */
    public void abort() {
        aborted = true;
    }

    /**
     * Ends the work of an aborted run.
     *
     * @throws CancellationException if the run was aborted or this thread was interrupted
     */
    public void checkAborted() {
        if (aborted || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted");
        }
    }
}
