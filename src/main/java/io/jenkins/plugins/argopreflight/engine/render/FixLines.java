package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import java.util.List;
import java.util.stream.Stream;

/** What to do about a finding, as lines of a text that can be pasted. */
public final class FixLines {

    private FixLines() {}

    /** Indented, unless a shell reads the lines up to one that has to begin the line. */
    public static Stream<String> of(String indent, Finding finding, List<String> texts) {
        return texts.stream().flatMap(text -> {
            boolean whole =
                    finding.fixes().stream().anyMatch(fix -> Shell.text(fix).equals(text) && Shell.hasDocument(fix));
            return text.lines().map(line -> (whole ? "" : indent) + Visible.line(line));
        });
    }
}
