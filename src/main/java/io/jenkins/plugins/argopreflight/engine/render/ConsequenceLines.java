package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.NoClusterAccess;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.ArrayList;
import java.util.List;

/**
 * The findings that are consequences of another finding, as lines.
 *
 * @param heading the heading with the number of findings; "" for none
 * @param lines a line for each finding, with its position; empty if the cluster could not be read, for which the
 *     heading has the number of checks
 */
public record ConsequenceLines(String heading, List<String> lines) {

    private static final int MAX_SHOWN = 20;

    public static ConsequenceLines of(Finding finding) {
        List<Finding> all = finding.consequences();
        if (all.isEmpty()) {
            return new ConsequenceLines("", List.of());
        }
        if (NoClusterAccess.isReportedBy(finding)) {
            long checks = all.stream().map(Finding::check).distinct().count();
            return new ConsequenceLines("Not checked because of it: " + NameList.count(checks, "check"), List.of());
        }
        List<String> lines = new ArrayList<>();
        all.stream().limit(MAX_SHOWN).map(ConsequenceLines::line).forEach(lines::add);
        if (all.size() > MAX_SHOWN) {
            lines.add("and " + (all.size() - MAX_SHOWN) + " more");
        }
        return new ConsequenceLines("Follows from it: " + NameList.count(all.size(), "finding"), lines);
    }

    private static String line(Finding consequence) {
        String place = FindingLabels.place(consequence.subject());
        return Visible.line(ShownOutcome.of(consequence) + " " + consequence.title() + " (" + consequence.check() + ", "
                + (place.isEmpty() ? FindingLabels.object(consequence.subject()) : place) + ")");
    }

    /** The heading and the lines as one text. */
    public String text() {
        return lines.isEmpty() ? heading : heading + "\n- " + String.join("\n- ", lines);
    }
}
