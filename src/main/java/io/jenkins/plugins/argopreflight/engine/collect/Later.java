package io.jenkins.plugins.argopreflight.engine.collect;

import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import java.util.List;
import java.util.function.Supplier;

/** A value that is collected while others are. */
final class Later<T> implements Runnable {

    private final Supplier<T> source;
    private volatile T value;

    Later(Supplier<T> source) {
        this.source = source;
    }

    /**
     * Gets all of them side by side.
     *
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.ClusterException only when interrupted
     */
    static void all(Later<?>... values) {
        Parallel.forEach(List.of(values), values.length, Runnable::run);
    }

    @Override
    public void run() {
        value = source.get();
    }

    /** Only after {@link #all}. */
    T get() {
        return value;
    }
}
