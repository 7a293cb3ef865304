package io.jenkins.plugins.argopreflight.step.preflight;

import io.jenkins.plugins.argopreflight.action.History;
import io.jenkins.plugins.argopreflight.action.PreflightReportAction;
import io.jenkins.plugins.argopreflight.action.Redacted;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.render.ShownOutcome;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightRunner.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The return value of the step: maps, lists, texts, numbers and booleans, which a Pipeline can store and its sandbox
 * allows.
 */
final class PreflightResult {

    private static final int MAX_FINDINGS = 1000;

    private PreflightResult() {}

    static Map<String, Object> of(
            Evaluation evaluation, PreflightReportAction action, History history, String reportUrl) {
        Report report = evaluation.report();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("result", action.getResult());
        result.put("failed", action.counts().failed() > 0);
        result.put("warned", action.counts().warned() > 0);
        result.put("unchecked", report.result() == RunResult.UNCHECKED);
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("fail", action.counts().failed());
        counts.put("warn", action.counts().warned());
        counts.put("unknown", action.counts().unknown());
        counts.put("note", action.counts().notes());
        counts.put("ignored", action.counts().ignored());
        counts.put("new", action.counts().fresh());
        counts.put("fixed", action.counts().fixed());
        result.put("counts", counts);
        result.put("findings", findings(report, Set.copyOf(history.fresh())));
        result.put("reference", history.reference());
        result.put("reportId", action.getId());
        result.put("reportUrl", reportUrl);
        return result;
    }

    private static List<Map<String, Object>> findings(Report report, Set<String> fresh) {
        List<String> ids = report.ids();
        List<Map<String, Object>> findings = new ArrayList<>();
        for (int i = 0; i < Math.min(ids.size(), MAX_FINDINGS); i++) {
            Finding finding = report.findings().get(i);
            Map<String, Object> map = finding(ids.get(i), report, finding, fresh.contains(ids.get(i)));
            map.put(
                    "consequences",
                    finding.consequences().stream()
                            .limit(MAX_FINDINGS)
                            .map(consequence -> place(report, consequence))
                            .collect(Collectors.toCollection(ArrayList::new)));
            findings.add(map);
        }
        return findings;
    }

    private static Map<String, Object> finding(String id, Report report, Finding finding, boolean isNew) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.putAll(place(report, finding));
        map.put("detail", Redacted.text(report, finding.detail()));
        map.put("condition", Redacted.text(report, finding.condition()));
        map.put("message", Redacted.text(report, finding.message()));
        map.put(
                "remediation",
                finding.remediation().stream()
                        .map(command -> Redacted.text(report, command))
                        .collect(Collectors.toCollection(ArrayList::new)));
        map.put("pods", new ArrayList<>(finding.pods()));
        map.put("link", finding.link());
        map.put("isNew", isNew);
        return map;
    }

    /** Returns the fields of a finding that are also shown for consequences. */
    private static Map<String, Object> place(Report report, Finding finding) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("check", finding.check());
        map.put("outcome", ShownOutcome.of(finding).name());
        map.put("kind", finding.subject().kind());
        map.put("namespace", finding.subject().namespace());
        map.put("name", finding.subject().name());
        map.put("container", finding.subject().container());
        map.put("file", finding.subject().file());
        map.put("line", finding.subject().line());
        map.put("path", finding.subject().path());
        map.put("title", Redacted.text(report, finding.title()));
        return map;
    }
}
