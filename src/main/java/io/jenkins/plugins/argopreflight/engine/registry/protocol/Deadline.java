package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import java.time.Duration;

/** The moment at which a question has to end, whatever its requests do. */
public record Deadline(long endNanos, Duration whole) {

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos(), time);
    }

    /** A deadline at a part of what is left. */
    Deadline sooner(int part) {
        return new Deadline(System.nanoTime() + left().toNanos() / part, whole);
    }

    /** What is left, at least a millisecond. */
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, endNanos - System.nanoTime()));
    }
}
