package io.jenkins.plugins.argopreflight.step;

import hudson.model.TaskListener;
import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A build's log, in which text of others neither hides nor becomes a command of the program that reads the log. */
public final class StepLog extends PrintStream {

    private final PrintStream log;
    private final Set<String> once = ConcurrentHashMap.newKeySet();

    public StepLog(PrintStream log) {
        super(log, true, StandardCharsets.UTF_8);
        this.log = log;
    }

    public static StepLog of(StepContext context) throws IOException, InterruptedException {
        return new StepLog(context.get(TaskListener.class).getLogger());
    }

    /** A text of several lines; each of them is a whole one. */
    @Override
    public void print(String text) {
        log.print(Visible.log(text) + (text.endsWith("\n") ? "\n" : ""));
    }

    /** A sentence, or a text of several lines. */
    @Override
    public void println(String text) {
        log.println(Visible.log(text));
    }

    /** One line, such as a container's, whose colours stay. */
    public void printLine(String line) {
        log.println(Visible.print(line));
    }

    /** A sentence, unless it was printed like this before. */
    void printOnce(String text) {
        if (once.add(text)) {
            println(text);
        }
    }
}
