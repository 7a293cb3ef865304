package io.jenkins.plugins.argopreflight.engine.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A value that is computed when it is first requested, and only once: other threads wait for it. */
public final class Once<T> implements Supplier<T> {

    private final Supplier<T> source;
    private final ReentrantLock making = new ReentrantLock();
    private volatile Optional<T> value = Optional.empty();

    /**
     * Creates a value that is not computed yet.
     *
     * @param source computes the value; if it throws, the next caller tries again
     */
    public Once(Supplier<T> source) {
        this.source = source;
    }

    /**
     * Returns the value.
     *
     * @throws ClusterException if interrupted while another thread computes it
     */
    @Override
    public T get() {
        if (value.isEmpty()) {
            try {
                making.lockInterruptibly();
            } catch (InterruptedException e) {
                throw Parallel.interrupted(e);
            }
            try {
                if (value.isEmpty()) {
                    value = Optional.of(source.get());
                }
            } finally {
                making.unlock();
            }
        }
        return value.get();
    }

    /**
     * Computes all values concurrently.
     *
     * @throws ClusterException if interrupted; otherwise the exception of the first that failed
     */
    public static void all(Once<?>... values) {
        all(values.length, values);
    }

    /**
     * Computes all values, up to a number at a time. A value that another one needs is computed by the first thread
     * that requests it.
     *
     * @throws ClusterException if interrupted; otherwise the exception of the first that failed
     */
    public static void all(int concurrency, Once<?>... values) {
        Parallel.forEach(List.of(values), concurrency, Once::get);
    }
}
