package io.jenkins.plugins.argopreflight.engine.submit;

import io.jenkins.plugins.argopreflight.engine.util.text.LogTime;
import java.util.HashMap;
import java.util.Map;

/**
 * The lines that a process had shown before it was killed, and that its record does not contain. Each line is left out
 * once when it would be shown again.
 */
public final class ShownLines {

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
            int length = line.endsWith("\r") ? line.length() - 1 : line.length();
            lines.merge(line.substring(LogTime.length(line), length), 1, Integer::sum);
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
