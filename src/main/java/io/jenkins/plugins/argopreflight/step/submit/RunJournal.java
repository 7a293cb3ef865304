package io.jenkins.plugins.argopreflight.step.submit;

import hudson.model.Run;
import io.jenkins.plugins.argopreflight.action.NodeLog;
import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import io.jenkins.plugins.argopreflight.engine.submit.ShownLines;
import io.jenkins.plugins.argopreflight.engine.submit.StoredRun;
import io.jenkins.plugins.argopreflight.step.StepLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What a run writes into its build's log, and stores of itself. Both agree: a process that is killed after it wrote a line
 * and before it stored that leaves the line in the log, where the next process finds it and does not write it again.
 */
final class RunJournal {

    private static final Logger LOGGER = Logger.getLogger(RunJournal.class.getName());
    private static final int LIMIT = 16 << 20;

    private final StoredRun stored;
    private final Run<?, ?> build;
    private final StepLog log;
    private final ShownLines shown;
    private volatile boolean news;

    RunJournal(StoredRun stored, StepContext context) throws IOException, InterruptedException {
        this.stored = stored;
        this.build = context.get(Run.class);
        this.log = StepLog.of(context);
        this.shown = shown(stored.record.logLength);
        store();
    }

    /** What is in the log from there on; nothing when this is the first process. */
    private ShownLines shown(long position) throws IOException {
        Bounded end = new Bounded();
        if (position > 0) {
            NodeLog.copy(build.getLogText(), position, end);
        }
        return new ShownLines(end.text.toString(StandardCharsets.UTF_8));
    }

    StepLog log() {
        return log;
    }

    boolean isBuilding() {
        return build.isBuilding();
    }

    /** What is shown or stored of the run has changed. */
    void touch() {
        news = true;
    }

    /** Whether there is something to store since this was asked last. */
    boolean isNews() {
        boolean was = news;
        news = false;
        return was;
    }

    void write(String line) {
        news = true;
        if (!shown.take(Visible.print(line))) {
            log.printLine(line);
        }
    }

    /** With its lock held, the record knows of exactly what is in the log. */
    void store() {
        synchronized (stored.record) {
            try {
                stored.build = build.getExternalizableId();
                stored.record.logLength = build.getLogText().length();
                Runs.save(stored);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "the state of " + stored.record.name + " cannot be stored");
            }
        }
    }

    /** Keeps as much as a process can have written between two stores of its record, and no more. */
    private static final class Bounded extends OutputStream {

        private final ByteArrayOutputStream text = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            if (text.size() < LIMIT) {
                text.write(b);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            text.write(bytes, from, Math.min(length, LIMIT - text.size()));
        }
    }
}
