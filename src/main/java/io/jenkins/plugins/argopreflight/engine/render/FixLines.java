package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to do about a finding or a cause, as lines of a text that can be pasted. */
public final class FixLines {

    private FixLines() {}

    /** The beginning of the comment of a fix that can be chosen instead of the one before it. */
    private static final Pattern OR = Pattern.compile("(?:#|//) or(?:[,:])?(?: (?<rest>.*))?");

    /**
     * Indented, with "or" between alternatives, unless a shell reads the lines up to one that has to begin the line.
     *
     * @param texts those of the fixes that are shown
     */
    public static List<String> of(String indent, List<Fix> fixes, List<String> texts) {
        List<String> lines = new ArrayList<>();
        for (String text : texts) {
            boolean whole = fixes.stream().anyMatch(fix -> Shell.text(fix).equals(text) && Shell.hasDocument(fix));
            List<String> own = new ArrayList<>(text.lines().toList());
            Matcher or = OR.matcher(own.isEmpty() ? "" : own.get(0));
            if (or.matches()) {
                String mark = own.remove(0).replaceFirst(" .*", " ");
                if (!lines.isEmpty()) {
                    lines.add(indent + "or");
                }
                if (or.group("rest") != null) {
                    own.add(0, mark + or.group("rest"));
                }
            }
            own.forEach(line -> lines.add((whole ? "" : indent) + Visible.line(line)));
        }
        return lines;
    }
}
