package io.jenkins.plugins.argopreflight.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.cli.console.Exit;
import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.option.DiagnoseOptions;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.submit.RunRecord;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRun;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRunListener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The wait until a workflow has ended, a cause is permanent, or the time is over. It diagnoses the workflow whenever
 * its state could show something new.
 */
final class WaitForCause implements WorkflowRunListener {

    /** The permits for diagnoses: one for each state that could show something new. */
    private final Semaphore diagnosisPermits = new Semaphore(0);

    private final RunRecord record = new RunRecord();
    private final Supplier<Diagnosis> diagnose;
    private final DiagnoseOptions options;
    private final Terminal terminal;
    private volatile Optional<End> end = Optional.empty();
    private Diagnosis last;
    private int exit = Exit.OK;

    /**
     * Creates the wait.
     *
     * @param first the first diagnosis of an existing workflow
     * @param diagnose diagnoses the workflow again
     */
    WaitForCause(Diagnosis first, Supplier<Diagnosis> diagnose, DiagnoseOptions options, Terminal terminal) {
        this.last = first;
        this.diagnose = diagnose;
        this.options = options;
        this.terminal = terminal;
        record.namespace = first.namespace();
        record.name = first.workflow();
        record.uid = first.uid();
    }

    /**
     * Waits until no further state can show something new.
     *
     * @return the last diagnosis
     */
    Diagnosis waitIn(ClusterGateway cluster) {
        if (isEnough()) {
            return last;
        }
        WorkflowRun run = Wait.follow(cluster, record, Wait.Logs.NONE, Optional.empty(), this);
        try {
            await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException(
                    Kind.INTERRUPTED, "interrupted while workflow " + record.workflow() + " was waited for", e);
        } finally {
            run.close();
        }
        return last;
    }

    private boolean isEnough() {
        return last.uid().isEmpty() || last.isEnded() || options.endsEarly() && last.isPermanent();
    }

    private void await() throws InterruptedException {
        long startNanos = System.nanoTime();
        while (!isEnough()) {
            boolean inTime = awaitNewState(startNanos);
            Optional<End> seen = end;
            last = diagnose.get();
            if (inTime && seen.isPresent()) {
                ended(seen.get().how(), seen.get().failure());
                return;
            }
            if (!inTime) {
                if (!isEnough()) {
                    timeOver();
                }
                return;
            }
        }
    }

    /** Waits for a new state. Returns false if the time is over. */
    private boolean awaitNewState(long startNanos) throws InterruptedException {
        Optional<Duration> limit = options.limit();
        if (limit.isEmpty()) {
            diagnosisPermits.acquire();
            return true;
        }
        long remainingNanos = limit.get().toNanos() - (System.nanoTime() - startNanos);
        return diagnosisPermits.tryAcquire(remainingNanos, TimeUnit.NANOSECONDS);
    }

    private void timeOver() {
        say("Workflow " + record.workflow() + " has not ended in "
                + options.limit().orElseThrow().toMinutes() + " minutes");
        exit = Exit.COULD_NOT_CHECK;
    }

    private void ended(How how, Optional<ClusterException> failure) {
        switch (how) {
            case COMPLETED -> exit = last.isFailed() ? Exit.FINDINGS : Exit.OK;
            case DELETED -> say("Someone deleted workflow " + record.workflow() + " before it had ended");
            case RECREATED ->
                say("Someone deleted workflow " + record.workflow()
                        + " before it had ended; another workflow has its name now");
            case LOST -> {
                terminal.say("Workflow " + record.workflow() + " cannot be followed any more: "
                        + failure.map(Throwable::getMessage).orElse(""));
                exit = Exit.COULD_NOT_CHECK;
            }
        }
    }

    /** Returns the exit code for a last diagnosis without causes that could check everything. */
    int exit() {
        return exit;
    }

    @Override
    public void say(String line) {
        terminal.err().println(line);
    }

    @Override
    public void changed(ObjectNode workflow) {
        // The workflow is diagnosed when it is stuck or has ended.
    }

    @Override
    public void stuck(ObjectNode workflow) {
        diagnosisPermits.release();
    }

    @Override
    public void ended(End last) {
        end = Optional.of(last);
        diagnosisPermits.release();
    }
}
