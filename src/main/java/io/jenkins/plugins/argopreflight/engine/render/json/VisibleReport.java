package io.jenkins.plugins.argopreflight.engine.render.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixText;
import io.jenkins.plugins.argopreflight.engine.model.fix.Option;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.util.json.JsonTexts;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Variants of a report whose texts contain no control characters, direction marks or invisible characters. */
public final class VisibleReport {

    /** The fields with quoted texts, and those that are rewritten for a step separately. */
    private static final Set<String> QUOTED =
            Set.of("evidence", "observations", "remediation", "fixes", "subject", "pods");

    private VisibleReport() {}

    /** Returns a report with all texts made visible. */
    public static Report of(Report report) {
        return read(report, in(new PreflightJson().tree(report)));
    }

    /**
     * Returns a report, whose fixes are written for a step, as a step shows it: with all texts made visible, and with
     * the parameters of steps instead of options.
     */
    public static Report inStep(Report report) {
        return read(report, inStep(in(new PreflightJson().tree(report))));
    }

    private static Report read(Report report, JsonNode tree) {
        Report copy = new PreflightJson().read(tree);
        Iterator<Finding> findings = report.all().iterator();
        return copy.worded(finding -> {
            Finding original = findings.next();
            return finding.withFixes(original.fixes()).withRemediation(visible(original.fixTexts()));
        });
    }

    private static List<FixText> visible(List<FixText> texts) {
        return texts.stream().map(text -> text.rewritten(Visible::lines)).toList();
    }

    /** Returns a document of the same shape whose texts name the parameters of steps. */
    public static JsonNode inStep(JsonNode document) {
        return JsonTexts.replace(document, QUOTED, Option::inStep);
    }

    /** Makes all texts of a document visible, in place. */
    public static <T extends JsonNode> T in(T document) {
        JsonTexts.replace(document, Visible::lines);
        return document;
    }
}
