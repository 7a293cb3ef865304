package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.render.ShownOutcome;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The findings of a report as rows, which are created on demand, since a page shows a part of them. */
final class Rows {

    private final List<Finding> findings;
    private final List<String> ids;
    private final Map<String, Integer> firstSeen;
    private final Set<String> fresh;

    Rows(List<Finding> findings, List<String> ids, History history) {
        this.findings = findings;
        this.ids = ids;
        this.firstSeen = history.firstSeen();
        this.fresh = Set.copyOf(history.fresh());
    }

    int size() {
        return findings.size();
    }

    List<FindingRow> rows(int from, int to) {
        return IntStream.range(from, to).mapToObj(this::row).toList();
    }

    /**
     * Returns the first findings that have a fix. A fix appears only once.
     *
     * @param maxRows the maximum number of rows
     */
    List<FindingRow> first(int maxRows) {
        Set<String> shown = new HashSet<>();
        return IntStream.range(0, size())
                .filter(i -> ShownOutcome.of(findings.get(i)) != ShownOutcome.NOTE
                        && !findings.get(i).remediation().isEmpty()
                        && shown.add(
                                withoutComments(findings.get(i).remediation().get(0))))
                .limit(maxRows)
                .mapToObj(this::row)
                .toList();
    }

    private FindingRow row(int i) {
        String id = ids.get(i);
        return new FindingRow(id, findings.get(i), firstSeen.getOrDefault(id, 0), fresh.contains(id));
    }

    private static String withoutComments(String command) {
        return command.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));
    }
}
