package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import java.util.List;
import java.util.stream.Stream;

/** What to do about a finding or a cause, as lines of a text that can be pasted. */
public final class FixLines {

    private FixLines() {}

    /**
     * Indented, unless a shell reads the lines up to one that has to begin the line.
     *
     * @param texts those of the fixes that are shown
     */
    public static Stream<String> of(String indent, List<Fix> fixes, List<String> texts) {
        return texts.stream().flatMap(text -> {
            boolean whole = fixes.stream().anyMatch(fix -> Shell.text(fix).equals(text) && Shell.hasDocument(fix));
            return text.lines().map(line -> (whole ? "" : indent) + Visible.line(line));
        });
    }
}
