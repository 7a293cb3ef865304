package io.jenkins.plugins.argopreflight.engine.render.text;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.render.ConsequenceLines;
import io.jenkins.plugins.argopreflight.engine.render.FindingLabels;
import io.jenkins.plugins.argopreflight.engine.render.FixLines;
import io.jenkins.plugins.argopreflight.engine.render.NameList;
import io.jenkins.plugins.argopreflight.engine.render.ShownOutcome;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.ArrayList;
import java.util.List;

/** A finding as text: its title and object, its detail, its evidence and its fix. */
public final class FindingText {

    private static final String INDENT = "    ";

    private final Style style;

    public FindingText(Style style) {
        this.style = style;
    }

    public List<String> lines(Finding finding) {
        List<String> lines = new ArrayList<>();
        lines.add(outcome(finding) + " " + style.strong(Visible.line(finding.title())) + "  (" + finding.check() + ")");
        lines.add(INDENT + FindingLabels.object(finding.subject()) + position(finding));
        lines.addAll(style.wrap(INDENT, finding.detail()));
        if (!finding.condition().isEmpty()) {
            lines.addAll(style.wrap(INDENT, "condition: " + finding.condition()));
        }
        finding.evidence().forEach(line -> style.wrap(INDENT + "> ", line).forEach(each -> lines.add(style.dim(each))));
        if (!finding.pods().isEmpty()) {
            lines.add(style.dim(INDENT + "pods: " + Visible.line(NameList.some(finding.pods()))));
        }
        lines.addAll(FixLines.of(INDENT + INDENT, finding.fixTexts()));
        ConsequenceLines consequences = ConsequenceLines.of(finding);
        if (!consequences.heading().isEmpty()) {
            lines.add(INDENT + consequences.heading());
            consequences.lines().forEach(line -> lines.addAll(style.wrap(INDENT + "- ", line)));
        }
        return lines;
    }

    private String position(Finding finding) {
        String place = FindingLabels.place(finding.subject());
        String field = FindingLabels.field(finding.subject());
        String both = place.isEmpty() || field.isEmpty() ? place + field : place + " " + field;
        return both.isEmpty() ? "" : style.dim("  " + both);
    }

    private String outcome(Finding finding) {
        ShownOutcome outcome = ShownOutcome.of(finding);
        return switch (outcome) {
            case FAIL -> style.bad(outcome.name());
            case WARN, UNKNOWN -> style.warn(outcome.name());
            case NOTE -> style.dim(outcome.name());
        };
    }
}
