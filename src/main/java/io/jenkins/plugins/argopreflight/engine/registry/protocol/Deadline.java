package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import java.time.Duration;

/** The moment at which a question has to end, whatever its requests do. */
public record Deadline(long endNanos, Duration whole) {

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos(), time);
    }

    /** Returns a deadline at a part of the remaining time. */
    Deadline sooner(int part) {
        return new Deadline(System.nanoTime() + left().toNanos() / part, whole);
    }

    /** Returns the remaining time, at least a millisecond. */
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, endNanos - System.nanoTime()));
    }
}
