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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The log of a build and the stored record of a workflow that the build follows, which are kept consistent. If Jenkins
 * is killed between writing a line and storing the record, it finds the line in the log after its restart and does not
 * write it again.
 */
final class RunJournal {

    private static final Logger LOGGER = Logger.getLogger(RunJournal.class.getName());
    /**
     * Maximum size of the part of the log that is kept in memory after a restart. The part starts where the log ended
     * when the record was stored.
     */
    private static final int MAX_BYTES = 16 << 20;

    private final StoredRun stored;
    private final Run<?, ?> build;
    private final StepLog log;
    private final ShownLines shown;
    private final AtomicBoolean changed = new AtomicBoolean();

    RunJournal(StoredRun stored, StepContext context) throws IOException, InterruptedException {
        this.stored = stored;
        this.build = context.get(Run.class);
        this.log = StepLog.of(context);
        this.shown = shown(stored.record.logLength);
        store();
    }

    /** Returns the lines in the log from a position on; none if the record was never stored before. */
    private ShownLines shown(long position) throws IOException {
        BoundedBuffer unrecorded = new BoundedBuffer();
        if (position > 0) {
            NodeLog.copy(build.getLogText(), position, unrecorded);
        }
        return new ShownLines(unrecorded.text.toString(StandardCharsets.UTF_8));
    }

    StepLog log() {
        return log;
    }

    boolean isBuilding() {
        return build.isBuilding();
    }

    /** Marks that the stored record or the page of the workflow must be updated. */
    void touch() {
        changed.set(true);
    }

    /** Returns whether there were changes since the last call. */
    boolean takeChanged() {
        return changed.getAndSet(false);
    }

    /** Writes a line to the log, unless it is there already from before a restart. */
    void write(String line) {
        changed.set(true);
        if (!shown.remove(Visible.print(line))) {
            log.printLine(line);
        }
    }

    /**
     * Stores the record, with the current length of the log. The lock keeps other threads from changing the record
     * after the length was read and before the record is stored.
     */
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

    /** A buffer that keeps the first {@link #MAX_BYTES} and ignores the rest. */
    private static final class BoundedBuffer extends OutputStream {

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
