package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fixes of a finding or a cause, as lines of a text from which they can be copied. */
public final class FixLines {

    private FixLines() {}

    /** The beginning of the comment of a fix that can be chosen instead of the fix before it, such as {@code # or:}. */
    private static final Pattern OR = Pattern.compile("(?:#|//) or(?:[,:])?(?: (?<rest>.*))?");

    /**
     * Returns the lines, indented, with "or" between alternatives. A fix with a here-document is not indented: its
     * closing line must begin at the margin.
     *
     * @param texts the texts of the fixes that are shown
     */
    public static List<String> of(String indent, List<Fix> fixes, List<String> texts) {
        List<String> lines = new ArrayList<>();
        for (String text : texts) {
            boolean hasDocument =
                    fixes.stream().anyMatch(fix -> Shell.text(fix).equals(text) && Shell.hasDocument(fix));
            List<String> textLines = new ArrayList<>(text.lines().toList());
            Matcher or = OR.matcher(textLines.isEmpty() ? "" : textLines.get(0));
            if (or.matches()) {
                String commentMark = textLines.remove(0).replaceFirst(" .*", " ");
                if (!lines.isEmpty()) {
                    lines.add(indent + "or");
                }
                if (or.group("rest") != null) {
                    textLines.add(0, commentMark + or.group("rest"));
                }
            }
            textLines.forEach(line -> lines.add((hasDocument ? "" : indent) + Visible.line(line)));
        }
        return lines;
    }
}
