package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The findings that could not be checked for one reason. A report shows the reason once, with the checks and objects.
 *
 * @param checks ids of the checks
 * @param objects the objects, as {@code FILE:LINE} if they are in a file
 * @param fixTexts the texts of the fixes that make the checks possible
 */
public record UncheckedFindings(String detail, List<String> checks, List<String> objects, List<FixText> fixTexts) {

    private record Reason(String reason, List<FixText> fixTexts) {}

    public static List<UncheckedFindings> of(List<Finding> findings) {
        Map<Reason, List<Finding>> reasons = findings.stream()
                .filter(UncheckedFindings::isUnchecked)
                .collect(Collectors.groupingBy(
                        finding -> new Reason(finding.reason(), finding.fixTexts()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return reasons.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static UncheckedFindings of(Reason reason, List<Finding> findings) {
        List<String> details = distinct(findings, Finding::detail);
        return new UncheckedFindings(
                details.size() == 1 ? details.get(0) : Title.capitalized(reason.reason()),
                distinct(findings, Finding::check),
                distinct(findings, UncheckedFindings::object),
                reason.fixTexts());
    }

    private static String object(Finding finding) {
        String place = FindingLabels.place(finding.subject());
        return place.isEmpty() ? FindingLabels.object(finding.subject()) : place;
    }

    private static List<String> distinct(List<Finding> findings, Function<Finding, String> text) {
        return findings.stream().map(text).distinct().toList();
    }

    public static boolean isUnchecked(Finding finding) {
        return finding.outcome() == Outcome.UNKNOWN;
    }
}
