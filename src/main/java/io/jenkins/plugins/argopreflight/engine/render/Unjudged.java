package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What no one could judge for one reason: reported once, however many checks and objects it concerns.
 *
 * @param checks their ids
 * @param objects the objects, {@code FILE:LINE} where they stand in a file
 * @param remediation what would let us look
 * @param fixes the same as data
 */
public record Unjudged(
        String detail, List<String> checks, List<String> objects, List<String> remediation, List<Fix> fixes) {

    private record Same(String detail, List<String> remediation) {}

    private record Concerned(Set<String> checks, Set<String> objects, List<Fix> fixes) {}

    public static List<Unjudged> of(List<Finding> findings) {
        Map<Same, Concerned> reasons = new LinkedHashMap<>();
        findings.stream().filter(Unjudged::is).forEach(finding -> {
            Concerned concerned = reasons.computeIfAbsent(
                    new Same(finding.detail(), finding.remediation()),
                    key -> new Concerned(new LinkedHashSet<>(), new LinkedHashSet<>(), finding.fixes()));
            String place = FindingWords.place(finding.subject());
            concerned.checks().add(finding.check());
            concerned.objects().add(place.isEmpty() ? FindingWords.object(finding.subject()) : place);
        });
        return reasons.entrySet().stream()
                .map(entry -> new Unjudged(
                        entry.getKey().detail(),
                        List.copyOf(entry.getValue().checks()),
                        List.copyOf(entry.getValue().objects()),
                        entry.getKey().remediation(),
                        entry.getValue().fixes()))
                .toList();
    }

    public static boolean is(Finding finding) {
        return finding.outcome() == Outcome.UNKNOWN;
    }
}
