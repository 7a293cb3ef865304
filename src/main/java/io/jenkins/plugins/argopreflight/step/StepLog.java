package io.jenkins.plugins.argopreflight.step;

import hudson.model.TaskListener;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * A build's log in which texts from outside cannot hide anything, and cannot become a command of the program that reads
 * the log.
 */
public final class StepLog extends PrintStream {

    private final PrintStream log;
    private final Set<String> printed = ConcurrentHashMap.newKeySet();

    public StepLog(PrintStream log) {
        super(log, true, StandardCharsets.UTF_8);
        this.log = log;
    }

    public static StepLog of(StepContext context) throws IOException, InterruptedException {
        return new StepLog(context.get(TaskListener.class).getLogger());
    }

    /** Prints a text of several complete lines. */
    @Override
    public void print(String text) {
        log.print(Visible.log(text) + (text.endsWith("\n") ? "\n" : ""));
    }

    /** Prints a sentence, or a text of several lines. */
    @Override
    public void println(String text) {
        log.println(Visible.log(text));
    }

    /** Prints one line, such as that of a container. Its colours are kept. */
    public void printLine(String line) {
        log.println(Visible.print(line));
    }

    /** Prints a sentence, unless it was printed before. */
    void printOnce(String text) {
        if (printed.add(text)) {
            println(text);
        }
    }
}
