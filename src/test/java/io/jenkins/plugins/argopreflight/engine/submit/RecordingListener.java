package io.jenkins.plugins.argopreflight.engine.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what it hears. */
final class RecordingListener implements RunListener {

    private final List<String> lines = new ArrayList<>();
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<End> ends = new LinkedBlockingQueue<>();

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
        List<String> others = new ArrayList<>();
        try {
            for (String next = heard.poll(60, TimeUnit.SECONDS);
                    !word.equals(next);
                    next = heard.poll(60, TimeUnit.SECONDS)) {
                others.add(next);
                assertThat(next).as("before \"" + word + "\" came " + others).isNotNull();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<String> refusal() {
        return Optional.empty();
    }

    @Override
    public synchronized void say(String line) {
        lines.add(line);
        heard.add(line);
    }

    @Override
    public void changed(ObjectNode workflow) {
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
