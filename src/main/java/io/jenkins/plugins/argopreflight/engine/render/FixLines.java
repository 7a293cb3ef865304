package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.model.fix.FixText;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.ArrayList;
import java.util.List;

/** The fixes of a finding or a cause, as lines of a text from which they can be copied. */
public final class FixLines {

    private FixLines() {}

    /**
     * Returns the lines, indented, with "or" between alternatives. A fix with a here-document is not indented: its
     * closing line must begin at the margin.
     *
     * @param texts the texts of the fixes that are shown
     */
    public static List<String> of(String indent, List<FixText> texts) {
        List<String> lines = new ArrayList<>();
        for (FixText text : texts) {
            if (text.alternative().isPresent() && !lines.isEmpty()) {
                lines.add(indent + "or");
            }
            String margin = text.hasDocument() ? "" : indent;
            text.withoutOr().lines().forEach(line -> lines.add(margin + Visible.line(line)));
        }
        return lines;
    }
}
