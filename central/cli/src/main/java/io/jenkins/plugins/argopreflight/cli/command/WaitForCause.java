package io.jenkins.plugins.argopreflight.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.cli.console.Exit;
import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.option.DiagnoseOptions;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.submit.RunRecord;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRun;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRunListener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits until a workflow has ended, a cause is permanent, or time is over, and diagnoses it where that can be news. */
final class WaitForCause implements WorkflowRunListener {

    /** One for each time when a diagnosis can find something new. */
    private final Semaphore news = new Semaphore(0);

    private final RunRecord record = new RunRecord();
    private final Supplier<Diagnosis> look;
    private final DiagnoseOptions options;
    private final Terminal terminal;
    private volatile Optional<End> end = Optional.empty();
    private Diagnosis last;
    private int exit = Exit.OK;

    /**
     * @param first of a workflow that exists
     * @param look diagnoses it again
     */
    WaitForCause(Diagnosis first, Supplier<Diagnosis> look, DiagnoseOptions options, Terminal terminal) {
        this.last = first;
        this.look = look;
        this.options = options;
        this.terminal = terminal;
        record.namespace = first.namespace();
        record.name = first.workflow();
        record.uid = first.uid();
    }

    /**
     * Returns when there is nothing more to wait for.
     *
     * @return the last diagnosis
     */
    Diagnosis in(ClusterGateway cluster) {
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
        long begun = System.nanoTime();
        while (!isEnough()) {
            boolean inTime = isNews(begun);
            Optional<End> seen = end;
            last = look.get();
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

    /** Waits for news; false when time is over. */
    private boolean isNews(long begun) throws InterruptedException {
        Optional<Duration> limit = options.limit();
        if (limit.isEmpty()) {
            news.acquire();
            return true;
        }
        long left = limit.get().toNanos() - (System.nanoTime() - begun);
        return news.tryAcquire(left, TimeUnit.NANOSECONDS);
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

    /** The exit code when the last diagnosis has no cause and could check everything. */
    int exit() {
        return exit;
    }

    @Override
    public void say(String line) {
        terminal.err().println(line);
    }

    @Override
    public void changed(ObjectNode workflow) {
        // Diagnosed when it is stuck, or has ended.
    }

    @Override
    public void stuck(ObjectNode workflow) {
        news.release();
    }

    @Override
    public void ended(End last) {
        end = Optional.of(last);
        news.release();
    }
}
