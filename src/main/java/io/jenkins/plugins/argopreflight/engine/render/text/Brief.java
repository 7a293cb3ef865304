package io.jenkins.plugins.argopreflight.engine.render.text;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixText;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.ConsequenceLines;
import io.jenkins.plugins.argopreflight.engine.render.FindingLabels;
import io.jenkins.plugins.argopreflight.engine.render.FixLines;
import io.jenkins.plugins.argopreflight.engine.render.NameList;
import io.jenkins.plugins.argopreflight.engine.render.ShownOutcome;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.Summary;
import io.jenkins.plugins.argopreflight.engine.render.Tone;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A short text of a preflight: the verdict and the most severe findings. */
public final class Brief {

    private static final String INDENT = "    ";

    private final int maxShown;

    /**
     * Creates a renderer.
     *
     * @param maxShown the maximum number of findings, and of notes
     */
    public Brief(int maxShown) {
        this.maxShown = maxShown;
    }

    /**
     * Returns the lines of the text.
     *
     * @param findings the findings to show, most severe first
     */
    public List<String> lines(Report report, List<Finding> findings) {
        List<String> lines = new ArrayList<>();
        lines.add(Tone.mark(report, Style.PLAIN) + Summary.of(report));
        findings.stream().limit(maxShown).forEach(finding -> lines.addAll(lines(finding)));
        String more = Summary.counted(remaining(report, findings));
        if (!more.isEmpty()) {
            lines.add("  more in the report: " + more);
        }
        List<String> notes = Summary.notes(report);
        notes.stream().limit(maxShown).forEach(note -> lines.add("  note: " + note));
        if (notes.size() > maxShown) {
            lines.add("  and " + NameList.count(notes.size() - (long) maxShown, "other note"));
        }
        Summary.suppressed(report).forEach(line -> lines.add("  suppressed: " + line));
        return lines;
    }

    /** Returns the findings of the report that are not listed, without notes. */
    private List<Finding> remaining(Report report, List<Finding> findings) {
        List<Finding> remaining = new ArrayList<>(report.findings());
        findings.stream().limit(maxShown).forEach(remaining::remove);
        remaining.removeIf(finding -> finding.severity() == Severity.NOTE);
        return remaining;
    }

    private static List<String> lines(Finding finding) {
        List<String> lines = new ArrayList<>();
        String place = FindingLabels.place(finding.subject());
        lines.add(
                "  " + ShownOutcome.of(finding) + " " + Visible.line(finding.title()) + "  (" + finding.check() + ")");
        lines.add(INDENT + FindingLabels.object(finding.subject()) + (place.isEmpty() ? "" : "  " + place));
        lines.addAll(Style.PLAIN.wrap(INDENT, finding.detail()));
        List<FixText> first = finding.fixTexts().stream().limit(1).toList();
        lines.addAll(FixLines.of(INDENT + INDENT, first));
        Optional.of(ConsequenceLines.of(finding).heading())
                .filter(heading -> !heading.isEmpty())
                .ifPresent(heading -> lines.add(INDENT + heading));
        return lines;
    }
}
