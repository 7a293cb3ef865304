package io.jenkins.plugins.argopreflight.engine.render.ci;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckPage;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.NoClusterAccess;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.CheckRow;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.IgnoredFinding;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.SubjectRow;
import io.jenkins.plugins.argopreflight.engine.render.ConsequenceLines;
import io.jenkins.plugins.argopreflight.engine.render.FindingLabels;
import io.jenkins.plugins.argopreflight.engine.render.Summary;
import io.jenkins.plugins.argopreflight.engine.render.json.JsonParts;
import io.jenkins.plugins.argopreflight.engine.render.json.VisibleReport;
import io.jenkins.plugins.argopreflight.engine.render.page.CheckCounts;
import io.jenkins.plugins.argopreflight.engine.render.page.UnavailableSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A preflight for code scanning, as <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF
 * 2.1.0</a>. A finding that could not be checked has the kind {@code open}.
 */
public final class Sarif {

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final String HOME = "https://github.com/jenkinsci/argo-preflight-plugin";
    /**
     * The maximum number of results that code scanning accepts for one run. Suppressed findings are written in
     * addition.
     */
    private static final int MAX_RESULTS = 25_000;

    private static final String FINGERPRINT = "argoPreflight/v1";

    /** Renders the whole report, with a newline at its end. */
    public String render(Report report) {
        ObjectNode root = JsonParts.object().put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = root.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool")
                .putObject("driver")
                .put("name", "argo-preflight")
                .put("informationUri", HOME);
        Optional.ofNullable(Sarif.class.getPackage().getImplementationVersion())
                .ifPresent(version -> driver.put("version", version));
        Map<String, Integer> indices = new HashMap<>();
        ArrayNode rules = driver.putArray("rules");
        for (CheckRow check : report.checks()) {
            indices.put(check.id(), rules.size());
            rule(rules.addObject(), check);
        }
        ObjectNode invocation = run.putArray("invocations").addObject().put("executionSuccessful", true);
        ArrayNode notifications = invocation.putArray("toolExecutionNotifications");
        UnavailableSource.of(report).forEach(each -> notification(notifications, each.sentence()));
        UnavailableSource.withoutConsequences(report)
                .unknown()
                .forEach(row -> notification(notifications, "could not check " + row.fact() + ": " + row.reason()));
        Summary.notes(report).forEach(note -> notification(notifications, note));
        ArrayNode results = run.putArray("results");
        List<String> ids = report.ids();
        Optional<SubjectRow> firstInFile = report.subjects().stream()
                .filter(row -> row.line() > 0 && isFile(row.file()))
                .findFirst();
        for (int i = 0; i < ids.size() && i < MAX_RESULTS; i++) {
            Finding finding = report.findings().get(i);
            if (isFile(finding.subject().file()) || firstInFile.isPresent()) {
                result(results.addObject(), finding, ids.get(i), indices, firstInFile);
            } else {
                notification(notifications, text(finding));
            }
        }
        if (ids.size() > MAX_RESULTS) {
            notification(notifications, (ids.size() - MAX_RESULTS) + " more findings are left out");
        }
        List<String> ignored = Report.ids(
                report.ignored().stream().map(IgnoredFinding::finding).toList());
        for (int i = 0; i < ignored.size(); i++) {
            IgnoredFinding one = report.ignored().get(i);
            if (!isFile(one.finding().subject().file()) && firstInFile.isEmpty()) {
                continue;
            }
            ObjectNode result = result(results.addObject(), one.finding(), ignored.get(i), indices, firstInFile);
            result.putArray("suppressions")
                    .addObject()
                    .put("kind", "external")
                    .put("status", "accepted")
                    .put("justification", Summary.reason(one));
        }
        return JsonParts.text(VisibleReport.in(root));
    }

    private static void notification(ArrayNode notifications, String text) {
        notifications.addObject().put("level", "note").putObject("message").put("text", text);
    }

    private static void rule(ObjectNode rule, CheckRow check) {
        rule.put("id", check.id());
        rule.putObject("shortDescription").put("text", check.summary());
        CheckCounts.info(check.id())
                .flatMap(CheckPage::help)
                .ifPresent(page -> rule.putObject("help").put("text", page).put("markdown", page));
        rule.put("helpUri", HOME + "/blob/main/docs/checks.md#" + check.id());
        rule.putObject("properties").putArray("tags").add(check.topic());
    }

    private static ObjectNode result(
            ObjectNode node,
            Finding finding,
            String id,
            Map<String, Integer> indices,
            Optional<SubjectRow> firstInFile) {
        node.put("ruleId", finding.check());
        if (indices.containsKey(finding.check())) {
            node.put("ruleIndex", indices.get(finding.check()));
        }
        boolean unknown = finding.outcome() == Outcome.UNKNOWN;
        node.put("kind", unknown ? "open" : "fail");
        node.put("level", unknown ? "none" : level(finding));
        node.putObject("message").put("text", text(finding));
        writeLocation(node.putArray("locations").addObject(), finding.subject(), firstInFile);
        related(node, finding);
        node.putObject("partialFingerprints").put(FINGERPRINT, id);
        return node;
    }

    /** Adds the positions of the finding's consequences that are in files. */
    private static void related(ObjectNode node, Finding finding) {
        List<Finding> inFiles = finding.consequences().stream()
                .filter(consequence -> isFile(consequence.subject().file()))
                .toList();
        if (!inFiles.isEmpty() && !NoClusterAccess.isReportedBy(finding)) {
            ArrayNode related = node.putArray("relatedLocations");
            for (Finding consequence : inFiles) {
                ObjectNode location = related.addObject();
                writeLocation(location, consequence.subject(), Optional.empty());
                location.putObject("message").put("text", consequence.title());
            }
        }
    }

    /** Returns SARIF's level of a finding that could be checked. */
    private static String level(Finding finding) {
        if (finding.severity() == Severity.NOTE) {
            return "note";
        }
        return finding.outcome() == Outcome.FAIL ? "error" : "warning";
    }

    private static String text(Finding finding) {
        StringBuilder text = new StringBuilder(finding.title());
        text.append("\n").append(FindingLabels.object(finding.subject()));
        text.append("\n\n").append(finding.detail());
        finding.evidence().forEach(line -> text.append("\n> ").append(line));
        if (!finding.remediation().isEmpty()) {
            text.append("\n\nTo fix it:\n").append(String.join("\n", finding.remediation()));
        }
        Optional.of(ConsequenceLines.of(finding).text())
                .filter(consequences -> !consequences.isEmpty())
                .ifPresent(consequences -> text.append("\n\n").append(consequences));
        return text.toString();
    }

    /**
     * Writes the position of an object. An object of the cluster is placed at the first checked file, since code
     * scanning requires a file.
     */
    private static void writeLocation(ObjectNode location, Subject subject, Optional<SubjectRow> firstInFile) {
        boolean inFile = isFile(subject.file());
        ObjectNode physical = location.putObject("physicalLocation");
        physical.putObject("artifactLocation")
                .put(
                        "uri",
                        uri(inFile ? subject.file() : firstInFile.orElseThrow().file()));
        int line = inFile ? subject.line() : firstInFile.orElseThrow().line();
        physical.putObject("region").put("startLine", Math.max(1, line));
        String field = FindingLabels.field(subject);
        location.putArray("logicalLocations")
                .addObject()
                .put("name", subject.name())
                .put("fullyQualifiedName", FindingLabels.object(subject) + (field.isEmpty() ? "" : " " + field))
                .put("kind", "object");
    }

    /** Returns whether code scanning can show the file. The name of standard input is {@code -}. */
    private static boolean isFile(String file) {
        return !file.isEmpty() && !file.equals("-");
    }

    /**
     * Returns a path as a URI. A path below the working directory becomes relative to it, as code scanning requires.
     */
    private static String uri(String file) {
        String workingDirectory = Path.of("").toAbsolutePath().toString().replace('\\', '/') + "/";
        String path = file.replace('\\', '/').replaceFirst("^(\\./)+", "");
        path = path.startsWith(workingDirectory) ? path.substring(workingDirectory.length()) : path;
        StringBuilder uri = new StringBuilder(path.startsWith("/") ? "file://" : "");
        for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (each & 0xff);
            boolean unescaped = letter < 0x80 && (Character.isLetterOrDigit(letter) || "/-._~".indexOf(letter) >= 0);
            uri.append(unescaped ? String.valueOf(letter) : String.format("%%%02X", (int) letter));
        }
        return uri.toString();
    }
}
