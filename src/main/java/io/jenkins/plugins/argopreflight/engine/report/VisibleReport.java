package io.jenkins.plugins.argopreflight.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.Report;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import java.util.Iterator;

/** A report of which nothing moves a cursor, turns the direction of text or hides, wherever it is shown. */
public final class VisibleReport {

    private VisibleReport() {}

    /** The same report. */
    public static Report of(Report report) {
        Report visible = new PreflightJson().read(in(new PreflightJson().tree(report)));
        Iterator<Finding> findings = report.findings().iterator();
        return visible.worded(finding -> finding.withFixes(findings.next().fixes()));
    }

    /** A document with the same shape, of which every text is visible. */
    public static <T extends JsonNode> T in(T document) {
        if (document instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, text(list.get(i)));
            }
        } else if (document instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(text(field.getValue())));
        }
        return document;
    }

    private static JsonNode text(JsonNode value) {
        return value.isTextual() ? TextNode.valueOf(Visible.lines(value.textValue())) : in(value);
    }
}
