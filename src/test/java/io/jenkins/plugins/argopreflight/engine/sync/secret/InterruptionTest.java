package io.jenkins.plugins.argopreflight.engine.sync.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.lab.AfterEachWrite;
import io.jenkins.plugins.argopreflight.engine.lab.Ask;
import io.jenkins.plugins.argopreflight.engine.lab.Lab;
import io.jenkins.plugins.argopreflight.engine.lab.MemoryLab;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Instruction;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.scenario.SyncScenarios;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An aborted build ends a sync within seconds, whatever it waits for, and still reports what was done. */
@Timeout(30)
@ExtendWith(InRun.class)
class InterruptionTest extends SyncScenarios {

    private final Lab lab = new MemoryLab();

    @Override
    protected Lab lab() {
        return lab;
    }

    private final CountDownLatch waiting = new CountDownLatch(1);

    /** The n-th write and all after it find a server that is busy for ever. */
    private final class Busy extends AfterEachWrite {

        private int writesLeft;

        Busy(int writesLeft) {
            super(lab.admin(), () -> {});
            this.writesLeft = writesLeft;
        }

        @Override
        protected synchronized void beforeWrite() {
            if (--writesLeft < 0) {
                waiting.countDown();
                throw new ClusterException(Kind.TOO_MANY_REQUESTS, "come back later");
            }
        }
    }

    private SyncReport interrupted(ClusterGateway gateway, int concurrency, Ask ask) throws InterruptedException {
        var report = new AtomicReference<SyncReport>();
        var flag = new AtomicBoolean();
        Thread sync = new Thread(InRun.own(() -> {
            report.set(new RegistrySecretWriter(gateway, concurrency, Clock.systemUTC())
                    .run(ask.request(), outcome -> {}));
            flag.set(Thread.currentThread().isInterrupted());
        }));
        sync.start();
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
        sync.interrupt();
        sync.join(3000);
        assertThat(sync.isAlive()).isFalse();
        assertThat(flag).as("the interrupt flag").isTrue();
        return report.get();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void shouldEndSoonAndSayWhatIsDone(int concurrency) throws InterruptedException {
        Ask ask = Ask.sync(lab.namespace("ci"), lab.namespace("ci"), lab.namespace("ci"));

        SyncReport report = interrupted(new Busy(3), concurrency, ask);

        List<Change> done = report.namespaces().stream()
                .flatMap(outcome -> outcome.changes().stream())
                .toList();
        assertThat(done).hasSize(3);
        assertThat(report.namespaces())
                .hasSize(3)
                .filteredOn(outcome -> outcome.status() != Status.CHANGED)
                .isNotEmpty()
                .allSatisfy(outcome -> {
                    assertThat(outcome.status()).isEqualTo(Status.FAILED);
                    assertThat(outcome.message()).contains("interrupted");
                    assertThat(outcome.remediation())
                            .extracting(Instruction::text)
                            .containsExactly("run it again: what is done stays, what is left is completed");
                });
        assertThat(report.result()).isEqualTo(RunResult.FAILED);
    }

    @Test
    void shouldSayWhatAnInterruptedRecreationLeaves() throws InterruptedException {
        String ci = lab.namespace("ci");
        unmanagedSecret(ci, "type: Opaque");

        SyncReport report = interrupted(new Busy(2), 4, Ask.sync(ci).adopt().recreate());

        NamespaceOutcome outcome = report.namespaces().get(0);
        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.message())
                .contains("interrupted", "Left: Secret regcred is deleted and not yet created; Secret regcred-stand");
    }
}
