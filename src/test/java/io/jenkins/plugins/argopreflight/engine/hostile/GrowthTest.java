package io.jenkins.plugins.argopreflight.engine.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckRunner;
import io.jenkins.plugins.argopreflight.engine.check.FactsOf;
import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.LeftOut;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The work for a manifest grows with its size, whatever it is large in. */
class GrowthTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Fewer take less time than all that does not grow. */
    private static final int MANY = 800;

    /** The number of rounds. Other processes disturb most of them, but never the fastest one. */
    private static final int ROUNDS = 20;

    private static final int LARGE = 20_000;
    private static final long MOMENT_NANOS = 200_000_000;
    private static final long SOON_NANOS = 1_000_000_000;

    static Set<String> dimensions() {
        return LargeManifests.all().keySet();
    }

    /** Processor time of one thread, the least of several rounds by turns. */
    @ParameterizedTest
    @MethodSource("dimensions")
    void shouldTakeLessThanThreeTimesAsLongForTwiceAsMany(String dimension) {
        String once = manifest(dimension, MANY);
        String twice = manifest(dimension, 2 * MANY);
        long ofOnce = Long.MAX_VALUE;
        long ofTwice = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && (round < 2 || ofTwice >= 3 * ofOnce); round++) {
            ofOnce = Math.min(ofOnce, time(once));
            ofTwice = Math.min(ofTwice, time(twice));
        }
        assertThat(ofTwice)
                .as("%d %s take %d us, %d take %d us", MANY, dimension, ofOnce / 1_000, 2 * MANY, ofTwice / 1_000)
                .isLessThan(3 * ofOnce);
    }

    /** Processor time as well. Some have ended by then, or do nothing more than to return. */
    @Test
    void shouldEndSoonAfterAnAbort() throws InterruptedException {
        int cancelled = 0;
        for (String dimension : dimensions()) {
            String manifest = manifest(dimension, LARGE);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicLong end = new AtomicLong();
            Thread run = new Thread(() -> {
                try {
                    check(manifest);
                } catch (CancellationException | ClusterException e) {
                    thrown.set(e);
                } finally {
                    end.set(THREADS.getCurrentThreadCpuTime());
                }
            });
            run.start();
            while (run.isAlive() && THREADS.getThreadCpuTime(run.getId()) < MOMENT_NANOS) {
                Thread.sleep(1);
            }
            long abort = THREADS.getThreadCpuTime(run.getId());
            run.interrupt();
            run.join();
            if (abort >= 0) {
                assertThat(end.get() - abort).as(dimension).isLessThan(SOON_NANOS);
            }
            if (thrown.get() != null) {
                assertThat(thrown.get()).as(dimension).hasMessageStartingWith("interrupted");
                cancelled++;
            }
        }
        assertThat(cancelled).isGreaterThan(dimensions().size() * 3 / 4);
    }

    private static String manifest(String dimension, int count) {
        return LargeManifests.all().get(dimension).apply(count);
    }

    private static long time(String manifest) {
        long start = THREADS.getCurrentThreadCpuTime();
        List<LeftOut> leftOut = check(manifest);
        long end = THREADS.getCurrentThreadCpuTime();
        assertThat(leftOut).isEmpty();
        return end - start;
    }

    /** Checks a manifest in this thread alone. */
    private static List<LeftOut> check(String manifest) {
        try (Budget.Scope run = Budget.open(HostileRuns.UNLIMITED)) {
            Facts facts = FactsOf.manifests(new ManifestReader().read("large.yaml", manifest));
            for (Check check : Checks.all()) {
                new CheckRunner(List.of(check)).run(facts);
            }
            return Budget.current().leftOut();
        }
    }
}
