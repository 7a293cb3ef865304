package io.jenkins.plugins.argopreflight.engine.render.ci;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.preflight.Gate;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.CheckRow;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.IgnoredFinding;
import io.jenkins.plugins.argopreflight.engine.render.ConsequenceLines;
import io.jenkins.plugins.argopreflight.engine.render.FindingLabels;
import io.jenkins.plugins.argopreflight.engine.render.ShownOutcome;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.Summary;
import io.jenkins.plugins.argopreflight.engine.render.Xml;
import io.jenkins.plugins.argopreflight.engine.render.text.FindingText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A preflight as test results: a case for each finding, and one for each topic without findings. FAIL is a failure, and
 * so are WARN and UNKNOWN if {@code failOn} includes them; otherwise WARN passes with its text, and UNKNOWN is skipped.
 * Notes are the output of the suite. Names contain no line numbers, so that a case keeps its name in the next build.
 *
 * @see <a
 *     href="https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd">
 *     junit-10.xsd</a>
 */
public final class JUnitXml {

    private record Case(String classname, String name, String body, State state) {}

    private enum State {
        PASSED,
        FAILED,
        SKIPPED
    }

    private final String id;

    /** Creates a renderer for a build's only report. */
    public JUnitXml() {
        this("");
    }

    /**
     * Creates a renderer.
     *
     * @param id the id that distinguishes the cases of several reports
     */
    public JUnitXml(String id) {
        this.id = id;
    }

    /** Renders the whole report, with a newline at its end. */
    public String render(Report report) {
        List<Case> cases = cases(report);
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuite name=\"")
                .append(Xml.line(suite()))
                .append("\" tests=\"")
                .append(cases.size());
        xml.append("\" failures=\"").append(count(cases, State.FAILED));
        xml.append("\" errors=\"0\" skipped=\"").append(count(cases, State.SKIPPED));
        xml.append("\" time=\"")
                .append(String.format(Locale.ROOT, "%.3f", report.cost().wallMillis() / 1000.0))
                .append("\">\n");
        for (Case each : cases) {
            xml.append("  <testcase classname=\"").append(Xml.line(each.classname()));
            xml.append("\" name=\"").append(Xml.line(each.name())).append("\" time=\"0\"");
            xml.append(each.body().isEmpty() ? "/>\n" : ">\n    " + each.body() + "\n  </testcase>\n");
        }
        List<String> notes = Summary.notes(report);
        if (!notes.isEmpty()) {
            xml.append("  <system-out>")
                    .append(Xml.escape(String.join("\n", notes)))
                    .append("</system-out>\n");
        }
        return xml.append("</testsuite>\n").toString();
    }

    private static long count(List<Case> cases, State state) {
        return cases.stream().filter(each -> each.state() == state).count();
    }

    private String suite() {
        return id.isEmpty() ? "argo-preflight" : "argo-preflight " + id;
    }

    private List<Case> cases(Report report) {
        List<Case> cases = new ArrayList<>();
        Map<String, Integer> names = new HashMap<>();
        Map<String, String> topics = new HashMap<>();
        report.checks().forEach(row -> topics.put(row.id(), row.topic()));
        Set<String> shown = new LinkedHashSet<>();
        for (Finding finding : report.findings()) {
            shown.add(finding.check());
            finding.consequences().forEach(consequence -> shown.add(consequence.check()));
            String text = text(finding);
            State state = fails(finding, report.request().failOn())
                    ? State.FAILED
                    : finding.outcome() == Outcome.UNKNOWN ? State.SKIPPED : State.PASSED;
            String body = state == State.FAILED
                    ? "<failure type=\"" + ShownOutcome.of(finding) + "\" message=\"" + Xml.line(finding.title())
                            + "\">" + Xml.escape(text) + "</failure>"
                    : state == State.SKIPPED
                            ? "<skipped message=\""
                                    + Xml.line((finding.message() + " "
                                                    + ConsequenceLines.of(finding)
                                                            .text())
                                            .strip()) + "\"/>"
                            : "<system-out>" + Xml.escape(text) + "</system-out>";
            cases.add(new Case(classname(finding.check(), topics), name(finding, names), body, state));
        }
        for (IgnoredFinding ignored : report.ignored()) {
            shown.add(ignored.finding().check());
            ignored.finding().consequences().forEach(consequence -> shown.add(consequence.check()));
            String body = "<skipped message=\"" + Xml.line("ignored: " + Summary.reason(ignored)) + "\"/>";
            cases.add(new Case(
                    classname(ignored.finding().check(), topics), name(ignored.finding(), names), body, State.SKIPPED));
        }
        cases.addAll(topics(report, shown));
        return cases;
    }

    /**
     * Returns a case for each topic without a finding. The case is skipped if a part could not be checked, or if there
     * was nothing to check.
     */
    private List<Case> topics(Report report, Set<String> shown) {
        Map<String, List<CheckRow>> byTopic = report.checks().stream()
                .collect(Collectors.groupingBy(CheckRow::topic, TreeMap::new, Collectors.toList()));
        List<Case> cases = new ArrayList<>();
        byTopic.forEach((topic, rows) -> {
            if (rows.stream().noneMatch(row -> shown.contains(row.id()))) {
                String reason = rows.stream().allMatch(row -> row.outcome() == Outcome.SKIPPED)
                        ? "nothing here that it could check"
                        : rows.stream().anyMatch(row -> row.outcome() == Outcome.UNKNOWN)
                                ? "not everything could be checked"
                                : "";
                String body = reason.isEmpty() ? "" : "<skipped message=\"" + reason + "\"/>";
                State state = reason.isEmpty() ? State.PASSED : State.SKIPPED;
                cases.add(new Case(prefix() + topic, "nothing found", body, state));
            }
        });
        return cases;
    }

    private String prefix() {
        return "preflight." + (id.isEmpty() ? "" : id + ".");
    }

    private static boolean fails(Finding finding, Gate failOn) {
        if (finding.severity() == Severity.NOTE) {
            return false;
        }
        return switch (finding.outcome()) {
            case FAIL -> true;
            case WARN -> failOn == Gate.WARN || failOn == Gate.UNKNOWN;
            case UNKNOWN -> failOn == Gate.UNKNOWN;
            default -> false;
        };
    }

    private String classname(String check, Map<String, String> topics) {
        return prefix() + topics.getOrDefault(check, "other") + "." + check;
    }

    private static String name(Finding finding, Map<String, Integer> names) {
        String field = FindingLabels.field(finding.subject());
        String name = FindingLabels.object(finding.subject()) + (field.isEmpty() ? "" : " " + field);
        int occurrence = names.merge(finding.check() + " " + name, 1, Integer::sum);
        return occurrence == 1 ? name : name + " #" + occurrence;
    }

    private static String text(Finding finding) {
        return String.join("\n", new FindingText(Style.PLAIN).lines(finding)) + "\n" + finding.link();
    }
}
