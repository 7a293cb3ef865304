package io.jenkins.plugins.argopreflight.engine.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A value that is computed once, at the first request. Other threads wait for the result. */
public final class Once<T> implements Supplier<T> {

    private final Supplier<T> source;
    private final ReentrantLock lock = new ReentrantLock();
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
                lock.lockInterruptibly();
            } catch (InterruptedException e) {
                throw Parallel.interrupted(e);
            }
            try {
                if (value.isEmpty()) {
                    value = Optional.of(source.get());
                }
            } finally {
                lock.unlock();
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
     * Computes all values. If one value needs another, the first thread that requests the other computes it.
     *
     * @param concurrency the maximum number of values that are computed at the same time
     *
     * @throws ClusterException if interrupted; otherwise the exception of the first that failed
     */
    public static void all(int concurrency, Once<?>... values) {
        Parallel.forEach(List.of(values), concurrency, Once::get);
    }
}
