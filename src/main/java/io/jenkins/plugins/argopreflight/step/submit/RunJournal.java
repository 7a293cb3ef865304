package io.jenkins.plugins.argopreflight.step.submit;

import hudson.model.Run;
import io.jenkins.plugins.argopreflight.action.NodeLog;
import io.jenkins.plugins.argopreflight.engine.submit.ShownLines;
import io.jenkins.plugins.argopreflight.engine.submit.StoredRun;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import io.jenkins.plugins.argopreflight.step.StepLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The log and the stored record of a run, which are kept consistent. If a process is killed between writing a line and
 * storing the record, the next process finds the line in the log and does not write it again.
 */
final class RunJournal {

    private static final Logger LOGGER = Logger.getLogger(RunJournal.class.getName());
    private static final int MAX_BYTES = 16 << 20;

    private final StoredRun stored;
    private final Run<?, ?> build;
    private final StepLog log;
    private final ShownLines shown;
    private volatile boolean changed;

    RunJournal(StoredRun stored, StepContext context) throws IOException, InterruptedException {
        this.stored = stored;
        this.build = context.get(Run.class);
        this.log = StepLog.of(context);
        this.shown = shown(stored.record.logLength);
        store();
    }

    /** Returns the lines in the log from a position on; none if this is the first process. */
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

    /** Marks that the stored record or the page of the run must be updated. */
    void touch() {
        changed = true;
    }

    /** Returns whether there were changes since the last call. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    void write(String line) {
        changed = true;
        if (!shown.take(Visible.print(line))) {
            log.printLine(line);
        }
    }

    /** Stores the record. It holds the record's lock, so that the record matches the log exactly. */
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

    /** A buffer for the amount that a process can write between two stores of its record. */
    private static final class Bounded extends OutputStream {

        private final ByteArrayOutputStream text = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            if (text.size() < MAX_BYTES) {
                text.write(b);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            text.write(bytes, from, Math.min(length, MAX_BYTES - text.size()));
        }
    }
}
