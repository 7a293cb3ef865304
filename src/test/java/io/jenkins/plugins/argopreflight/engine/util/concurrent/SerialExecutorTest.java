package io.jenkins.plugins.argopreflight.engine.util.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {

    /** The errors that a task can throw: one of the virtual machine, and an internal one. */
    private static final List<Throwable> FAILURES =
            List.of(new StackOverflowError(), new OutOfMemoryError(), new IllegalStateException());

    @Test
    void shouldReportWhatATaskThrowsAndRunTheNextOne() throws InterruptedException {
        List<Throwable> reported = new ArrayList<>();
        List<String> ran = new ArrayList<>();
        ExecutorService workers = Executors.newSingleThreadExecutor();
        SerialExecutor serial = new SerialExecutor(workers, failure -> {
            reported.add(failure);
            throw new IllegalStateException("also the report fails");
        });

        for (Throwable failure : FAILURES) {
            serial.execute(() -> sneak(failure));
            serial.execute(() -> ran.add("after " + failure));
        }
        workers.shutdown();

        assertThat(workers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(reported).isEqualTo(FAILURES);
        assertThat(ran).hasSize(FAILURES.size());
    }

    private static void sneak(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }
}
