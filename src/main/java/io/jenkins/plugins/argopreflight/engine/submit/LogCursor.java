package io.jenkins.plugins.argopreflight.engine.submit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How far a log was read: the time of its last line to the nanosecond, and how many lines had that time. A log that is
 * opened again begins with whole seconds, so lines up to here are skipped.
 */
final class LogCursor {

    private Instant time = Instant.MIN;
    private int count;
    private int seen;

    /** @param text as {@link #toString} made it, or "" */
    static LogCursor of(String text) {
        LogCursor cursor = new LogCursor();
        int hash = text.lastIndexOf('#');
        if (hash > 0) {
            cursor.time = Instant.parse(text.substring(0, hash));
            cursor.count = Integer.parseInt(text.substring(hash + 1));
        }
        return cursor;
    }

    /** From where to ask; empty for the beginning. */
    Optional<Instant> since() {
        return time.equals(Instant.MIN) ? Optional.empty() : Optional.of(time.truncatedTo(ChronoUnit.SECONDS));
    }

    /** The log is opened once more. */
    void reopened() {
        seen = 0;
    }

    /** The text of a line with its time, unless it was read before. */
    Optional<String> take(String line) {
        int space = line.indexOf(' ');
        Instant at;
        try {
            at = Instant.parse(space < 0 ? line : line.substring(0, space));
        } catch (DateTimeException e) {
            // The kubelet's own words, such as that the log cannot be read.
            return Optional.of(line);
        }
        if (at.isBefore(time)) {
            return Optional.empty();
        }
        if (at.equals(time)) {
            if (++seen <= count) {
                return Optional.empty();
            }
            count++;
        } else {
            time = at;
            count = 1;
            seen = 1;
        }
        return Optional.of(space < 0 ? "" : line.substring(space + 1));
    }

    @Override
    public String toString() {
        return time + "#" + count;
    }
}
