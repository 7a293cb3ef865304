package io.jenkins.plugins.argopreflight.engine.collect;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
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

    /**
     * Waits for a registry's answer.
     *
     * @throws ClusterException when interrupted
     */
    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException(Kind.INTERRUPTED, "interrupted while waiting for registries", e);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
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
