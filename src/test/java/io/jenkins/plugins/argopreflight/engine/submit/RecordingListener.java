package io.jenkins.plugins.argopreflight.engine.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Keeps what it hears. */
class RecordingListener implements WorkflowRunListener {

    private final List<String> lines = new ArrayList<>();
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<End> ends = new LinkedBlockingQueue<>();
    private volatile boolean failing;

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    End end() {
        return end(() -> {});
    }

    /** Waits for the end, and does something every now and then meanwhile. */
    End end(Runnable meanwhile) {
        try {
            for (int i = 0; i < 400; i++) {
                meanwhile.run();
                End end = ends.poll(500, TimeUnit.MILLISECONDS);
                if (end != null) {
                    return end;
                }
            }
            throw new AssertionError("no end; lines: " + lines());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for a line, or for {@code changed} or {@code stuck}. */
    void await(String word) {
        await(word, word::equals);
    }

    /** Waits for a line that begins like this. */
    void awaitStart(String start) {
        await(start, line -> line.startsWith(start));
    }

    private void await(String word, Predicate<String> wanted) {
        List<String> others = new ArrayList<>();
        try {
            while (true) {
                String next = heard.poll(120, TimeUnit.SECONDS);
                assertThat(next).as("before \"" + word + "\" came " + others).isNotNull();
                if (wanted.test(next)) {
                    return;
                }
                others.add(next);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void say(String line) {
        lines.add(line);
        heard.add(line);
    }

    /** The next change ends with an error of the machine. */
    void fail() {
        failing = true;
    }

    @Override
    public void changed(ObjectNode workflow) {
        if (failing) {
            throw new StackOverflowError();
        }
        heard.add("changed");
    }

    @Override
    public void stuck(ObjectNode workflow) {
        heard.add("stuck");
    }

    @Override
    public void ended(End end) {
        ends.add(end);
    }
}
