package io.jenkins.plugins.argopreflight.step;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The lines that steps add to a text such as a build's description: one after the other, each once, and not too many. */
final class DescriptionLines {

    static final int MOST = 10;

    private static final String MORE = "…";

    private int added;

    /** A text that others can change too. */
    interface Target {
        String read();

        void write(String text) throws IOException;
    }

    /**
     * Adds a line to the text that is there; "…" in place of the first line above {@link #MOST}.
     *
     * @param end ends a line
     */
    synchronized void add(Target target, String line, String end) throws IOException {
        String before = target.read();
        List<String> lines = Arrays.asList(before.split(end));
        if (lines.contains(line) || lines.contains(MORE)) {
            return;
        }
        String next = added < MOST ? line : MORE;
        target.write(before.isEmpty() ? next : before + end + next);
        added++;
    }
}
