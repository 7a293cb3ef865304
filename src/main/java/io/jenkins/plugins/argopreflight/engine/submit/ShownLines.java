package io.jenkins.plugins.argopreflight.engine.submit;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The lines that a process had shown before it was killed, and that its record does not contain. Each line is left out
 * once when it would be shown again.
 */
public final class ShownLines {

    /**
     * The time that the Timestamper plugin writes into a Pipeline's log, such as {@code [2026-01-31T09:30:00.123Z] }.
     */
    private static final Pattern TIME = Pattern.compile("^\\[\\d{4}-\\d\\d-\\d\\dT[\\d:.]{8,20}Z] ");

    private final Map<String, Integer> lines = new HashMap<>();

    /**
     * Reads the lines.
     *
     * @param text the part of the log that was written after the record was stored; a last line that was cut off counts
     *     as not shown
     */
    public ShownLines(String text) {
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            String line = text.substring(from, end);
            lines.merge(
                    TIME.matcher(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
                            .replaceFirst(""),
                    1,
                    Integer::sum);
            from = end + 1;
        }
    }

    /** Removes the line, and returns whether it was shown before. */
    public synchronized boolean remove(String line) {
        Integer left = lines.get(line);
        if (left == null) {
            return false;
        }
        if (left == 1) {
            lines.remove(line);
        } else {
            lines.put(line, left - 1);
        }
        return true;
    }
}
