package io.jenkins.plugins.argopreflight.engine.submit;

import io.jenkins.plugins.argopreflight.engine.util.text.ContainerText;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.function.Consumer;

/** The output of lines of logs, up to a limit for the whole workflow. */
final class LogSink {

    /** The limit for the lines of containers. A character is counted as one byte. */
    private static final long LIMIT_CHARACTERS = 10L << 20;

    private final RunRecord record;
    private final Consumer<String> lines;
    private final boolean executorLines;
    private boolean full;

    /**
     * Creates an output.
     *
     * @param executorLines whether lines are shown that Argo's executor writes into the containers' logs
     */
    LogSink(RunRecord record, Consumer<String> lines, boolean executorLines) {
        this.record = record;
        this.lines = lines;
        this.executorLines = executorLines;
    }

    /** Shows a sentence of our own. It does not count towards the limit. */
    void say(String sentence) {
        lines.accept(Visible.sentence(sentence));
    }

    /**
     * Shows a line that a container wrote. It is shown as several lines if it contains line separators.
     *
     * @param prefix the node and container
     */
    void line(String prefix, String text) {
        if (executorLines || !ContainerText.isOfExecutor(text)) {
            ContainerText.lines(text).forEach(line -> show(prefix, line));
        }
    }

    private void show(String prefix, String text) {
        synchronized (record) {
            record.logBytes += prefix.length() + text.length();
            if (record.logBytes > LIMIT_CHARACTERS) {
                if (!full) {
                    full = true;
                    lines.accept("More than " + (LIMIT_CHARACTERS >> 20) + " MiB of logs: the rest is not shown here");
                }
                return;
            }
        }
        lines.accept(prefix + text);
    }
}
