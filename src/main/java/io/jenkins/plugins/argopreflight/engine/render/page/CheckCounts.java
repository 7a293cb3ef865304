package io.jenkins.plugins.argopreflight.engine.render.page;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.ShownOutcome;
import io.jenkins.plugins.argopreflight.engine.render.Summary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The number of findings of each check, as Markdown for readers who are not allowed to see the findings. */
public final class CheckCounts {

    private static final Map<String, CheckInfo> CHECKS =
            Preflight.checks().stream().collect(Collectors.toUnmodifiableMap(CheckInfo::id, Function.identity()));

    /** Returns the summary of a check, which is the same in every report; "" for an unknown id. */
    public static String summary(String check) {
        return info(check).map(CheckInfo::summary).orElse("");
    }

    /** Returns the summary of a check as a title; the id itself if it is unknown. */
    public static String title(String check) {
        return Title.format(info(check).map(CheckInfo::summary).orElse(check));
    }

    /** Returns a check by its id; empty if the id is unknown. */
    public static Optional<CheckInfo> info(String check) {
        return Optional.ofNullable(CHECKS.get(check));
    }

    /** Renders a table with a row for each check and outcome, with a newline at its end. */
    public String render(Report report) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Finding finding : report.findings()) {
            String cells = ShownOutcome.of(finding) + " | " + Markdown.text(finding.check()) + " | "
                    + Markdown.text(summary(finding.check()));
            counts.merge(cells, 1, Integer::sum);
        }
        if (counts.isEmpty()) {
            String open = Summary.uncheckedPulls(report);
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
