package io.jenkins.plugins.argopreflight.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InRun.class)
class ParallelTest {

    /** The threads that all runs share. */
    private static final int MAX_THREADS = 128;

    private static final List<Integer> ITEMS = List.of(1, 2, 3, 4);

    @Test
    void shouldEndAllTasksWhenInterrupted() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(ITEMS.size());
        CountDownLatch ended = new CountDownLatch(ITEMS.size());
        AtomicReference<ClusterException> thrown = new AtomicReference<>();
        Thread caller = new Thread(InRun.own(() -> thrown.set(catchThrowableOfType(
                ClusterException.class, () -> Parallel.forEach(ITEMS, 4, item -> sleep(running, ended))))));
        caller.start();
        running.await();

        caller.interrupt();
        caller.join(1000);
        ended.await();

        assertThat(thrown.get().kind()).isEqualTo(Kind.INTERRUPTED);
    }

    @Test
    void shouldThrowWhatATaskThrewAfterTheOthersAreDone() {
        AtomicInteger done = new AtomicInteger();

        assertThatThrownBy(() -> Parallel.forEach(ITEMS, 2, item -> {
                    if (item == 1) {
                        throw new ClusterException(Kind.CONFLICT, "one");
                    }
                    done.incrementAndGet();
                }))
                .isInstanceOf(ClusterException.class)
                .hasMessage("one");
        assertThat(done).hasValue(3);
    }

    /** The runs each wait in three places at once for threads that all of them share. */
    @Test
    @Timeout(60)
    void shouldEndHoweverDeepManyRunsWait() {
        AtomicInteger done = new AtomicInteger();
        List<Thread> runs = IntStream.range(0, 50)
                .mapToObj(run -> new Thread(InRun.own(() -> Parallel.forEach(
                        ITEMS,
                        16,
                        one -> Parallel.forEach(
                                ITEMS, 16, two -> Parallel.forEach(ITEMS, 16, three -> done.incrementAndGet()))))))
                .toList();

        runs.forEach(Thread::start);
        runs.forEach(ParallelTest::join);

        assertThat(done).hasValue(50 * 64);
    }

    /** The servers of other runs do not answer: this one goes on, in its own thread at least. */
    @Test
    @Timeout(60)
    void shouldEndWhileOtherRunsHoldAllThreads() throws InterruptedException {
        List<Integer> many = IntStream.range(0, 100).boxed().toList();
        CountDownLatch none = new CountDownLatch(0);
        CountDownLatch ended = new CountDownLatch(0);
        List<Thread> hanging = IntStream.range(0, 10)
                .mapToObj(run -> new Thread(InRun.own(() ->
                        catchThrowable(() -> Parallel.forEach(many, 100, item -> sleep(none, ended))))))
                .toList();
        hanging.forEach(Thread::start);
        while (threads() < MAX_THREADS) {
            Thread.sleep(10);
        }
        AtomicInteger done = new AtomicInteger();

        Parallel.forEach(many, 16, item -> Parallel.forEach(ITEMS, 16, inner -> done.incrementAndGet()));

        assertThat(done).hasValue(400);
        assertThat(threads()).isLessThanOrEqualTo(MAX_THREADS);
        hanging.forEach(Thread::interrupt);
        hanging.forEach(ParallelTest::join);
    }

    @Test
    @Timeout(60)
    void shouldBeInterruptedWhileAnotherThreadMakesAValue() throws InterruptedException {
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Once<String> once = new Once<>(() -> {
            making.countDown();
            sleep(new CountDownLatch(0), end);
            return "value";
        });
        Thread maker = new Thread(InRun.own(once::get));
        maker.start();
        making.await();
        AtomicReference<ClusterException> thrown = new AtomicReference<>();
        Thread waiting =
                new Thread(InRun.own(() -> thrown.set(catchThrowableOfType(ClusterException.class, once::get))));
        waiting.start();

        waiting.interrupt();
        waiting.join(10_000);

        assertThat(thrown.get().kind()).isEqualTo(Kind.INTERRUPTED);
        maker.interrupt();
        join(maker);
        assertThat(once.get()).isEqualTo("value");
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("argo-preflight cluster"))
                .count();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void sleep(CountDownLatch running, CountDownLatch ended) {
        running.countDown();
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }
}
