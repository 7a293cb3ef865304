package io.jenkins.plugins.argopreflight.engine.cluster;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A value that is made when it is first requested, and once: other threads wait for it. */
public final class Once<T> implements Supplier<T> {

    private final Supplier<T> source;
    private final ReentrantLock making = new ReentrantLock();
    private volatile Optional<T> value = Optional.empty();

    /** @param source of the value; when it throws, the next who asks tries again */
    public Once(Supplier<T> source) {
        this.source = source;
    }

    /** @throws ClusterException when interrupted while another thread makes it */
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
     * Makes all of them side by side.
     *
     * @throws ClusterException when interrupted; else what the first that failed threw
     */
    public static void all(Once<?>... values) {
        all(values.length, values);
    }

    /**
     * Makes all of them, at most so many at a time; one that another needs is made by who asks first.
     *
     * @throws ClusterException when interrupted; else what the first that failed threw
     */
    public static void all(int concurrency, Once<?>... values) {
        Parallel.forEach(List.of(values), concurrency, Once::get);
    }
}
