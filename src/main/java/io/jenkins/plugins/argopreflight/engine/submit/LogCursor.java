package io.jenkins.plugins.argopreflight.engine.submit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The position up to which a log was read: the latest time of its lines to the nanosecond, and the number of lines that
 * were read since the whole second before. A log that is opened again begins with that second, so that the counted
 * lines are skipped. Lines are counted and not compared by time: standard output and error of a container are not in
 * the order of their times.
 */
final class LogCursor {

    /** The cursor of a log that was read from an archive, where lines have no time. */
    static final String ARCHIVED = Instant.MAX + "#" + Integer.MAX_VALUE;

    private Instant time = Instant.MIN;
    private int count;
    private int toSkip;

    /**
     * Reads a cursor.
     *
     * @param text the result of {@link #toString}, or ""
     */
    static LogCursor of(String text) {
        LogCursor cursor = new LogCursor();
        int hash = text.lastIndexOf('#');
        if (hash > 0) {
            cursor.time = Instant.parse(text.substring(0, hash));
            cursor.count = Integer.parseInt(text.substring(hash + 1));
        }
        return cursor;
    }

    /** The time from which on the log is requested; empty for the beginning. */
    Optional<Instant> since() {
        return time.equals(Instant.MIN) ? Optional.empty() : Optional.of(second(time));
    }

    /** Prepares the cursor for a log that is opened once more. */
    void reopened() {
        toSkip = count;
    }

    /** Returns the text of a line with its time, unless the line was read before. */
    Optional<String> take(String line) {
        int space = line.indexOf(' ');
        Instant at;
        try {
            at = Instant.parse(space < 0 ? line : line.substring(0, space));
        } catch (DateTimeException e) {
            // A message of the kubelet itself, such as that the log cannot be read.
            return Optional.of(line);
        }
        if (toSkip > 0 && !at.isAfter(time)) {
            toSkip--;
            return Optional.empty();
        }
        // A later time also ends the skipping: the log was rotated, and what was read is in another file.
        toSkip = 0;
        if (at.isAfter(time)) {
            count = since().filter(second(at)::equals).isPresent() ? count : 0;
            time = at;
        }
        if (!at.isBefore(second(time))) {
            count++;
        }
        return Optional.of(space < 0 ? "" : line.substring(space + 1));
    }

    private static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public String toString() {
        return time + "#" + count;
    }
}
