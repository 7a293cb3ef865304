package io.jenkins.plugins.argopreflight.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An aborted build ends a sync within seconds, whatever it waits for. */
class InterruptionTest {

    private final Lab lab = new MemoryLab();

    @Test
    @Timeout(20)
    void shouldEndSoonWhenInterrupted() throws InterruptedException {
        Ask ask = Ask.sync(lab.namespace("ci"), lab.namespace("ci"));
        var waiting = new CountDownLatch(1);
        var stuck = new AfterEachWrite(lab.admin(), () -> {}) {
            @Override
            void beforeWrite() {
                waiting.countDown();
                throw new ClusterException(Kind.TOO_MANY_REQUESTS, "come back later");
            }
        };
        var thrown = new AtomicReference<Throwable>();
        Thread sync = new Thread(() ->
                new RegistrySecret(stuck, 4, Clock.systemUTC()).run(ask.request(), outcome -> {}));
        sync.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));

        sync.start();
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
        sync.interrupt();
        sync.join(3000);

        assertThat(sync.isAlive()).isFalse();
        assertThat(thrown.get()).isInstanceOf(ClusterException.class);
        assertThat(((ClusterException) thrown.get()).kind()).isEqualTo(Kind.INTERRUPTED);
    }
}
