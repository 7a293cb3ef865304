package io.jenkins.plugins.argopreflight.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ParallelTest {

    private static final List<Integer> ITEMS = List.of(1, 2, 3, 4);

    @Test
    void shouldEndAllTasksWhenInterrupted() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(ITEMS.size());
        CountDownLatch ended = new CountDownLatch(ITEMS.size());
        AtomicReference<ClusterException> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> thrown.set(catchThrowableOfType(
                ClusterException.class, () -> Parallel.forEach(ITEMS, 4, item -> sleep(running, ended)))));
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
