package io.jenkins.plugins.argopreflight.engine.render.page;

import io.jenkins.plugins.argopreflight.engine.Preflight;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.render.FindingWords;
import io.jenkins.plugins.argopreflight.engine.render.Summary;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How often each check found something, as Markdown for readers who must not see what it is. */
public final class CheckCounts {

    private static final Map<String, CheckInfo> CHECKS =
            Preflight.checks().stream().collect(Collectors.toUnmodifiableMap(CheckInfo::id, Function.identity()));

    /** What this check looks for, which is the same in every report; "" for a check that does not exist. */
    public static String summary(String check) {
        return info(check).map(CheckInfo::summary).orElse("");
    }

    /** The same as a title; the id for a check that does not exist. */
    public static String title(String check) {
        return Title.of(info(check).map(CheckInfo::summary).orElse(check));
    }

    /** A check by its id; empty for one that does not exist. */
    public static Optional<CheckInfo> info(String check) {
        return Optional.ofNullable(CHECKS.get(check));
    }

    /** A table with a row for each check and outcome, with a newline at its end. */
    public String render(Report report) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Finding finding : report.findings()) {
            String cells = FindingWords.outcome(finding) + " | " + Markdown.text(finding.check()) + " | "
                    + Markdown.text(summary(finding.check()));
            counts.merge(cells, 1, Integer::sum);
        }
        if (counts.isEmpty()) {
            String open = Summary.open(report);
            return "No findings" + (open.isEmpty() ? "" : "; " + open) + ".\n";
        }
        return counts.entrySet().stream()
                .map(row -> "| " + row.getKey() + " | " + row.getValue() + " |\n")
                .collect(Collectors.joining(
                        "",
                        "| outcome | check | what it finds | findings |\n|---|---|---|---|\n",
                        "\n" + "The objects and how to fix them are on the build page in Jenkins.\n"));
    }
}
