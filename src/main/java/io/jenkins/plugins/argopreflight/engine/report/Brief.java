package io.jenkins.plugins.argopreflight.engine.report;

import io.jenkins.plugins.argopreflight.engine.Report;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import java.util.ArrayList;
import java.util.List;

/** A preflight for somebody who has ten seconds: the verdict, and the first things to do. */
public final class Brief {

    private static final String INDENT = "    ";

    private final int shown;

    /** @param shown how many findings at most */
    public Brief(int shown) {
        this.shown = shown;
    }

    /**
     * Line by line.
     *
     * @param findings those that matter, the worst first
     */
    public List<String> lines(Report report, List<Finding> findings) {
        List<String> lines = new ArrayList<>();
        lines.add(Tone.of(report.result()).mark(Style.PLAIN) + Summary.of(report));
        findings.stream().limit(shown).forEach(finding -> lines.addAll(lines(finding)));
        if (findings.size() > shown) {
            lines.add("  and " + Names.count(findings.size() - (long) shown, "other finding"));
        }
        return lines;
    }

    private static List<String> lines(Finding finding) {
        List<String> lines = new ArrayList<>();
        String place = FindingWords.place(finding.subject());
        lines.add("  " + FindingWords.outcome(finding) + " " + Visible.line(finding.title()) + "  (" + finding.check()
                + ")");
        lines.add(INDENT + FindingWords.object(finding.subject()) + (place.isEmpty() ? "" : "  " + place));
        lines.addAll(Style.PLAIN.wrap(INDENT, finding.detail()));
        List<String> first = finding.remediation().stream().limit(1).toList();
        FixLines.of(INDENT + INDENT, finding, first).forEach(lines::add);
        return lines;
    }
}
