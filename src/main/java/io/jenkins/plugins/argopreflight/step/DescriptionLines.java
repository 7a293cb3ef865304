package io.jenkins.plugins.argopreflight.step;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The lines that steps add to a text such as a build's description: each line once, up to a maximum number. */
final class DescriptionLines {

    static final int MAX_LINES = 10;

    private static final String MORE = "…";

    private int added;

    /** A text that others can change at the same time. */
    interface Target {
        String read();

        void write(String text) throws IOException;
    }

    /**
     * Adds a line to the current text. After {@link #MAX_LINES} lines, adds "…" instead.
     *
     * @param end the separator of lines
     */
    synchronized void add(Target target, String line, String end) throws IOException {
        String before = target.read();
        List<String> lines = Arrays.asList(before.split(end));
        if (lines.contains(line) || lines.contains(MORE)) {
            return;
        }
        String next = added < MAX_LINES ? line : MORE;
        target.write(before.isEmpty() ? next : before + end + next);
        added++;
    }
}
