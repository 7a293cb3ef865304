package io.jenkins.plugins.argopreflight.engine.kubernetes;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.util.concurrent.Crew;
import io.jenkins.plugins.argopreflight.engine.util.concurrent.SharedThreads;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs requests concurrently; an interrupt ends all of them. The calling thread also runs requests, with the help of
 * threads that all runs share. So it never needs a free shared thread, however deep calls of this class are nested.
 */
public final class Parallel {

    private static final int GRACE_SECONDS = 2;

    /** The threads for all runs: at most 128, of which one run can have all. */
    private static final SharedThreads HELPERS = new SharedThreads("argo-preflight cluster", 128, 128);

    private Parallel() {}

    /**
     * Runs the task for each item, in up to {@code threads} threads, and waits for all. If interrupted, tasks that have
     * not begun never do, and those under way are interrupted and given a moment to end.
     *
     * @throws ClusterException if interrupted; otherwise the exception of the first task that failed
     */
    public static <T> void forEach(Collection<T> items, int threads, Consumer<T> task) {
        if (threads <= 1 || items.size() <= 1) {
            for (T item : items) {
                if (Thread.currentThread().isInterrupted()) {
                    throw interrupted(null);
                }
                task.accept(item);
            }
            return;
        }
        Budget budget = Budget.current();
        NavigableMap<Integer, Throwable> failures = new ConcurrentSkipListMap<>();
        Crew helpers = HELPERS.crew(budget, threads - 1);
        try {
            int index = 0;
            for (T item : items) {
                int position = index++;
                helpers.execute(() -> {
                    try (Budget.Scope run = budget.bind()) {
                        task.accept(item);
                    } catch (RuntimeException | Error e) {
                        failures.put(position, e);
                    }
                });
            }
            work(helpers);
        } catch (InterruptedException e) {
            budget.abort();
            throw interrupted(end(helpers, e));
        } finally {
            helpers.shutdownNow();
        }
        if (!failures.isEmpty()) {
            rethrow(failures.firstEntry().getValue());
        }
    }

    /** Runs the tasks that no helper has begun, and waits for the others. */
    private static void work(Crew helpers) throws InterruptedException {
        helpers.shutdown();
        for (Runnable own = helpers.poll(); own != null; own = helpers.poll()) {
            own.run();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        helpers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    /**
     * Waits for an answer that another thread requested.
     *
     * @throws ClusterException if interrupted
     */
    public static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Budget.current().abort();
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }

    /**
     * Waits for all of these answers, and returns them in their order.
     *
     * @throws ClusterException if interrupted
     */
    public static <T> List<T> await(List<CompletableFuture<T>> answers) {
        await(CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)));
        return answers.stream().map(CompletableFuture::join).toList();
    }

    /** Ends the helpers, waits a moment for tasks under way, and returns the reason or a second interrupt. */
    private static InterruptedException end(Crew helpers, InterruptedException reason) {
        helpers.shutdownNow();
        try {
            helpers.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
            return reason;
        } catch (InterruptedException again) {
            return again;
        }
    }

    /** Creates the exception for a wait that was interrupted, and keeps the thread interrupted. */
    public static ClusterException interrupted(@Nullable InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new ClusterException(Kind.INTERRUPTED, "interrupted while waiting for answers", cause);
    }
}
