package io.jenkins.plugins.argopreflight.engine.submit.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what it hears, in words. */
final class RecordingFollower implements Follower {

    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private volatile String refusal = "";
    private volatile boolean failing;

    /** Refuses everything from now on. */
    void refuse(String why) {
        refusal = why;
    }

    /** Waits for the next call, without those of delays. */
    String next() {
        try {
            for (String word = poll(); ; word = poll()) {
                if (!word.startsWith("delayed")) {
                    return word;
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String poll() throws InterruptedException {
        return Optional.ofNullable(heard.poll(60, TimeUnit.SECONDS)).orElse("nothing in a minute");
    }

    /** Reads on until this comes. */
    void await(String word) {
        for (String next = next(); !next.equals(word); next = next()) {
            assertThat(next).startsWith("phase").as("before " + word);
        }
    }

    /** Fails each request with an error of the virtual machine from now on. */
    void fail() {
        failing = true;
    }

    boolean heardNothing() {
        return heard.isEmpty();
    }

    @Override
    public Optional<String> refusal() {
        if (failing) {
            throw new StackOverflowError();
        }
        return Optional.of(refusal).filter(why -> !why.isEmpty());
    }

    @Override
    public void changed(ObjectNode workflow) {
        heard.add("phase " + Json.text(workflow, "status", "phase"));
    }

    @Override
    public void gone(Optional<ObjectNode> other) {
        heard.add(other.isPresent() ? "another has its name" : "gone");
    }

    @Override
    public void delayed(ClusterException why) {
        heard.add("delayed " + why.kind());
    }

    @Override
    public void lost(ClusterException why) {
        heard.add("lost " + why.kind());
    }
}
