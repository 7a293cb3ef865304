package io.jenkins.plugins.argopreflight.engine.render.page;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.NoClusterAccess;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable.Source;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixText;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow.RightAnswer;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.UnknownRow;
import io.jenkins.plugins.argopreflight.engine.render.NameList;
import io.jenkins.plugins.argopreflight.engine.render.UncheckedFindings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A source that could not be reached, or that the request leaves out. It is reported once instead of with each finding
 * that is a consequence.
 *
 * @param reason the reason, for a sentence
 * @param requested whether the request includes the source
 * @param checks the number of checks that could not be made for this reason alone
 * @param fixTexts the fixes, as texts
 */
public record UnavailableSource(Source source, String reason, boolean requested, long checks, List<FixText> fixTexts) {

    /** Returns the unavailable sources of a report, the cluster first. */
    public static List<UnavailableSource> of(Report report) {
        return Stream.of(Source.values())
                .flatMap(source -> row(report, source).map(row -> of(source, row, report)).stream())
                .toList();
    }

    private static UnavailableSource of(Source source, UnknownRow row, Report report) {
        Optional<Finding> reported = report.findings().stream()
                .filter(finding -> source == Source.CLUSTER && NoClusterAccess.isReportedBy(finding))
                .findFirst();
        Stream<Finding> consequences = reported.stream().flatMap(finding -> finding.consequences().stream());
        return new UnavailableSource(
                source,
                row.reason(),
                row.asked(),
                Stream.concat(consequences, report.findings().stream().filter(finding -> isFrom(source, finding)))
                        .map(Finding::check)
                        .distinct()
                        .count(),
                reported.map(Finding::fixTexts).orElse(List.of()));
    }

    /** Returns a report without the consequences of unavailable sources. The JSON format has them all. */
    public static Report withoutConsequences(Report report) {
        List<UnavailableSource> all = of(report);
        if (all.isEmpty()) {
            return report;
        }
        boolean noCluster = row(report, Source.CLUSTER).isPresent();
        List<String> reasons = all.stream().map(UnavailableSource::reason).toList();
        return report.withRows(
                report.findings().stream()
                        .filter(finding -> !NoClusterAccess.isReportedBy(finding)
                                && all.stream().noneMatch(each -> isFrom(each.source(), finding)))
                        .toList(),
                report.permissions().stream()
                        .filter(right -> !noCluster || right.answer() != RightAnswer.UNKNOWN)
                        .toList(),
                report.unknown().stream()
                        .filter(row -> !reasons.contains(row.reason()))
                        .toList());
    }

    /** Returns a sentence, such as {@code Could not check the cluster: connection refused}. */
    public String sentence() {
        return requested ? "Could not check " + source + ": " + reason : "Not checked: " + source + " (not requested)";
    }

    /** Returns a sentence with the number of checks that were not made; "" for none. */
    String counted() {
        return checks == 0 ? "" : " Not checked because of it: " + NameList.count(checks, "check") + ".";
    }

    private static Optional<UnknownRow> row(Report report, Source source) {
        return report.unknown().stream()
                .filter(row -> row.fact().equals(source.toString()))
                .findFirst();
    }

    /**
     * Returns whether a finding is a consequence of an unavailable source. Checks of images depend on the registries,
     * all other checks on the cluster.
     */
    private static boolean isFrom(Source source, Finding finding) {
        return UncheckedFindings.isUnchecked(finding)
                && CheckCounts.info(finding.check())
                        .filter(check -> !check.needs().isEmpty())
                        .filter(check -> (check.topic() == Topic.IMAGES) == (source == Source.REGISTRIES))
                        .isPresent();
    }
}
