package io.jenkins.plugins.argopreflight.engine.cluster;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs requests side by side; an interrupt ends them all. */
public final class Parallel {

    private static final int GRACE_SECONDS = 2;

    private Parallel() {}

    /**
     * Gives each item to the task, in up to so many threads, and waits for all. When interrupted, tasks that have not
     * begun never do, and those under way are interrupted and given a moment to end.
     *
     * @throws ClusterException when interrupted; else what the first failed task threw
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
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, items.size()), Parallel::thread);
        try {
            List<Callable<Object>> tasks = items.stream()
                    .map(item -> Executors.callable(() -> {
                        try (Budget.Scope run = budget.bind()) {
                            task.accept(item);
                        }
                    }))
                    .collect(Collectors.toList());
            for (Future<Object> done : pool.invokeAll(tasks)) {
                done.get();
            }
        } catch (InterruptedException e) {
            budget.abort();
            throw interrupted(end(pool, e));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failed) {
                throw failed;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    /**
     * Waits for an answer that another user or program is getting.
     *
     * @throws ClusterException when interrupted
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
     * Waits for all of these answers, and gives them in their order.
     *
     * @throws ClusterException when interrupted
     */
    public static <T> List<T> await(List<CompletableFuture<T>> answers) {
        await(CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)));
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private static InterruptedException end(ExecutorService pool, InterruptedException reason) {
        pool.shutdownNow();
        try {
            pool.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
            return reason;
        } catch (InterruptedException again) {
            return again;
        }
    }

    private static ClusterException interrupted(@Nullable InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new ClusterException(Kind.INTERRUPTED, "interrupted while waiting for answers", cause);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "argo-preflight cluster");
        thread.setDaemon(true);
        return thread;
    }
}
