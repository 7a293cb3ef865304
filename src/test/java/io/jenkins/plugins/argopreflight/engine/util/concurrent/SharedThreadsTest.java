package io.jenkins.plugins.argopreflight.engine.util.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SharedThreadsTest {

    private static final InheritableThreadLocal<String> USER = new InheritableThreadLocal<>();

    private final SharedThreads threads = new SharedThreads("shared-threads-test", 4, 3);
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger busy = new AtomicInteger();

    @AfterEach
    void end() {
        end.countDown();
    }

    @Test
    void shouldGiveARunNoMoreThanItsShare() throws InterruptedException {
        Crew crew = threads.crew("hostile", 100);
        hang(crew, 10);
        hang(threads.crew("hostile", 100), 10);

        settle(3);

        assertThat(busy).hasValue(3);
    }

    @Test
    void shouldHaveNoMoreThreadsForMoreRuns() throws Exception {
        List<Crew> crews = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            crews.add(threads.crew("run " + i, 10));
            hang(crews.get(i), 10);
        }

        settle(4);

        assertThat(busy).hasValue(4);
    }

    /** The server of a run does not answer. */
    @Test
    void shouldDoTheTasksOfARunWhileAnotherHoldsItsShare() throws Exception {
        hang(threads.crew("hostile", 10), 10);
        settle(3);

        Crew crew = threads.crew("run", 10);
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            done.add(CompletableFuture.runAsync(() -> {}, crew));
        }

        CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldGiveHelpersThatNoThreadBeganToWhoWaits() throws Exception {
        hang(threads.crew("hostile 1", 10), 10);
        hang(threads.crew("hostile 2", 10), 10);
        settle(4);

        Crew helpers = threads.crew("run", 10);
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 5; i++) {
            helpers.execute(done::incrementAndGet);
        }
        helpers.shutdown();
        for (Runnable task = helpers.poll(); task != null; task = helpers.poll()) {
            task.run();
        }

        assertThat(helpers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(done).hasValue(5);
    }

    @Test
    void shouldTakeTheTasksOfTheRunsInTurn() throws Exception {
        SharedThreads one = new SharedThreads("shared-threads-test", 1, 1);
        List<String> order = new ArrayList<>();
        CountDownLatch begin = new CountDownLatch(1);
        Crew first = one.crew("first", 1);
        Crew second = one.crew("second", 1);
        first.execute(() -> await(begin));
        for (int i = 0; i < 3; i++) {
            first.execute(() -> order.add("first"));
        }
        for (int i = 0; i < 3; i++) {
            second.execute(() -> order.add("second"));
        }
        begin.countDown();
        for (Crew crew : List.of(first, second)) {
            crew.shutdown();
            assertThat(crew.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(order).containsExactly("first", "second", "first", "second", "first", "second");
    }

    @Test
    void shouldEndTheTasksOfOneCrewOnly() throws Exception {
        Crew ended = threads.crew("run", 1);
        Crew other = threads.crew("run", 1);
        AtomicBoolean interrupted = new AtomicBoolean();
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> interrupted.set(!hang()), ended);
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(this::hang, other);
        settle(2);

        assertThat(ended.shutdownNow()).isEmpty();

        first.get(10, TimeUnit.SECONDS);
        assertThat(interrupted).isTrue();
        assertThat(ended.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(second).isNotDone();
        assertThatThrownBy(() -> ended.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        end.countDown();
        assertThat(second.get(10, TimeUnit.SECONDS)).isTrue();
    }

    /** A thread goes on to a task of another run that waits. */
    @Test
    void shouldTakeNothingOfARunToAnother() throws Exception {
        SharedThreads one = new SharedThreads("shared-threads-test", 1, 1);
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        USER.set("admin");
        try {
            Crew first = one.crew("first", 1);
            CompletableFuture<String> worker = CompletableFuture.supplyAsync(
                    () -> {
                        waiting.join();
                        Thread.currentThread().interrupt();
                        return Thread.currentThread().toString();
                    },
                    first);
            CompletableFuture<String> second = CompletableFuture.supplyAsync(
                    () -> Thread.currentThread() + " " + Thread.currentThread().isInterrupted() + " " + USER.get(),
                    one.crew("second", 1));
            waiting.complete(null);
            String thread = worker.get(10, TimeUnit.SECONDS);
            first.shutdownNow();

            assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(thread + " false null");
        } finally {
            USER.remove();
        }
    }

    @Test
    void shouldGoOnAfterATaskThatFails() throws Exception {
        SharedThreads one = new SharedThreads("shared-threads-test", 1, 1);
        Crew crew = one.crew("run", 1);
        CyclicBarrier both = new CyclicBarrier(2);
        crew.execute(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {});
            throw new IllegalStateException("a failure");
        });
        crew.execute(() -> meet(both));

        both.await(10, TimeUnit.SECONDS);
    }

    /** Kotlin throws checked exceptions that it does not declare: OkHttp does when a connect is interrupted. */
    @Test
    void shouldGoOnAfterATaskThatThrowsWhatItDoesNotDeclare() throws Exception {
        SharedThreads one = new SharedThreads("shared-threads-test", 1, 1);
        Crew crew = one.crew("run", 1);
        crew.execute(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {});
            SharedThreadsTest.<RuntimeException>raise(new InterruptedException());
        });
        crew.shutdown();

        assertThat(crew.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable failure) throws T {
        throw (T) failure;
    }

    private void hang(Crew crew, int tasks) {
        for (int i = 0; i < tasks; i++) {
            crew.execute(this::hang);
        }
    }

    /** Returns when the test ends, or false when it is interrupted. */
    private boolean hang() {
        busy.incrementAndGet();
        return await(end);
    }

    /** Waits until so many tasks hang, and then for others to begin that must not. */
    private void settle(int tasks) throws InterruptedException {
        for (int i = 0; i < 1000 && busy.get() < tasks; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        TimeUnit.MILLISECONDS.sleep(300);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
