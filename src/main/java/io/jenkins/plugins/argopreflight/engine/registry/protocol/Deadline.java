package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import java.time.Duration;

/** The moment at which a question ends, whatever its requests do. */
public record Deadline(long endNanos, Duration whole) {

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos(), time);
    }

    /** Returns a deadline after a part of the remaining time: the time divided by a number. */
    Deadline afterPart(int divisor) {
        return new Deadline(System.nanoTime() + left().toNanos() / divisor, whole);
    }

    /** Returns the remaining time, or a millisecond if it is less. */
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, endNanos - System.nanoTime()));
    }
}
