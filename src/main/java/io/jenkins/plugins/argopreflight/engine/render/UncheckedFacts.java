package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.UnknownRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Facts that could not be read for the same reason.
 *
 * @param facts the facts, without duplicates
 */
public record UncheckedFacts(String reason, List<String> facts) {

    /** Groups the facts of a report that could not be read by their reasons. */
    public static List<UncheckedFacts> of(Report report) {
        Map<String, List<UnknownRow>> byReason = report.unknown().stream()
                .collect(Collectors.groupingBy(UnknownRow::reason, LinkedHashMap::new, Collectors.toList()));
        return byReason.entrySet().stream()
                .map(entry -> new UncheckedFacts(
                        entry.getKey(),
                        entry.getValue().stream()
                                .map(UnknownRow::fact)
                                .distinct()
                                .toList()))
                .toList();
    }
}
