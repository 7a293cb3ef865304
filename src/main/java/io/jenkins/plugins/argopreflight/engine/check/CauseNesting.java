package io.jenkins.plugins.argopreflight.engine.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts each finding that only follows from another one below it. A finding follows from the first finding about the
 * same {@link Missing} thing, from a field that the API server drops and that would have been this thing, from a
 * namespace that does not exist, or from a cluster that does not answer. A failure threshold that counts the finding
 * counts its cause too, so the verdict is the same as with all findings side by side. Findings that do not count are no
 * causes: suppressed findings are removed before, and the findings of a report are put side by side again before it is
 * compared with another report.
 */
public final class CauseNesting {

    /** Matches the value of an element of a list, such as a parameter. */
    private static final Pattern VALUE_OF_ELEMENT = Pattern.compile("(.+)\\[\\d+]\\.(?:value|valueFrom|from)");

    private final Map<Missing.Field, Finding> dropped = new HashMap<>();
    private final Map<Missing, Finding> firstFindings = new HashMap<>();
    private final Map<Finding, Finding> causes = new IdentityHashMap<>();
    private final Predicate<Finding> isOfOutage;
    private final List<Finding> ofNamespaces;
    private final Optional<Finding> outage;

    /**
     * Collects the outage and the dropped fields among the findings.
     *
     * @param isOfOutage whether a finding would not exist if the cluster answered
     */
    private CauseNesting(List<Finding> findings, Predicate<Finding> isOfOutage) {
        this.isOfOutage = isOfOutage;
        this.ofNamespaces = findings.stream()
                .filter(finding -> NamespaceAnswers.isNamespace(finding.missing()))
                .toList();
        this.outage = findings.stream().filter(NoClusterAccess::isReportedBy).findFirst();
        for (Finding finding : findings) {
            if (finding.missing() instanceof Missing.Dropped field) {
                addDropped(field, finding);
            }
        }
    }

    private void addDropped(Missing.Dropped droppedField, Finding finding) {
        firstFindings.putIfAbsent(new Missing.Field(droppedField.document(), droppedField.path(), ""), finding);
        if (droppedField.meant().isEmpty()) {
            return;
        }
        dropped.putIfAbsent(new Missing.Field(droppedField.document(), droppedField.meant(), ""), finding);
        Matcher value = VALUE_OF_ELEMENT.matcher(droppedField.meant());
        if (value.matches()) {
            firstFindings.putIfAbsent(
                    new Missing.Field(droppedField.document(), value.group(1), droppedField.element()), finding);
        }
    }

    /**
     * Returns the findings of all checks, each cause with the findings that follow from it, in the order of reports.
     *
     * @param results the results, without findings that do not count
     */
    public static List<Finding> of(List<CheckResult> results) {
        Set<String> clusterChecks = results.stream()
                .map(CheckResult::info)
                .filter(info -> !info.needs().isEmpty() && info.topic() != Topic.IMAGES)
                .map(CheckInfo::id)
                .collect(Collectors.toSet());
        List<Finding> findings = FindingOrder.of(results);
        return new CauseNesting(
                        findings,
                        finding -> finding.outcome() == Outcome.UNKNOWN
                                && (clusterChecks.contains(finding.check())
                                        || finding.missing() instanceof Missing.Unread))
                .nested(findings);
    }

    private List<Finding> nested(List<Finding> findings) {
        Map<Finding, List<Finding>> followers = new IdentityHashMap<>();
        for (Finding finding : findings) {
            Missing missing = finding.missing();
            Optional<Finding> cause = cause(finding)
                    .map(each -> causes.getOrDefault(each, each))
                    .filter(each -> each != finding && each.isAtLeast(finding));
            if (cause.isPresent()) {
                causes.put(finding, cause.get());
                followers.computeIfAbsent(cause.get(), key -> new ArrayList<>()).add(finding.with(List.of()));
            } else if (missing != null && isShared(missing)) {
                firstFindings.putIfAbsent(missing, finding);
            }
        }
        return findings.stream()
                .filter(finding -> !causes.containsKey(finding))
                .map(finding -> finding.with(followers.getOrDefault(finding, List.of())))
                .toList();
    }

    private Optional<Finding> cause(Finding finding) {
        Missing missing = finding.missing();
        if (missing instanceof Missing.Dropped) {
            return Optional.empty();
        }
        if (missing != null && isShared(missing)) {
            Optional<Finding> field =
                    missing instanceof Missing.Field missingField ? inDropped(missingField) : Optional.empty();
            return field.or(() -> Optional.ofNullable(firstFindings.get(missing)));
        }
        return outage.filter(each -> isOfOutage.test(finding))
                .or(() -> ofNamespaces.stream()
                        .filter(each -> NamespaceAnswers.isConsequence(each, finding))
                        .findFirst());
    }

    /** Returns whether all findings about a missing thing follow from the first of them. */
    private static boolean isShared(Missing missing) {
        return missing instanceof Missing.Field
                || missing instanceof Missing.Named && !NamespaceAnswers.isNamespace(missing);
    }

    /** Returns the finding about the dropped field of the same document that would have been the missing thing. */
    private Optional<Finding> inDropped(Missing.Field missing) {
        String path = missing.path();
        int end = path.length();
        while (end > 0) {
            Finding finding = dropped.get(new Missing.Field(missing.document(), path.substring(0, end), ""));
            if (finding != null && finding.missing() instanceof Missing.Dropped droppedField) {
                JsonNode value =
                        FieldPath.at(droppedField.value(), path.substring(end).replaceFirst("^\\.", ""));
                boolean containsName =
                        missing.name().isEmpty() || KubeObjects.names(value).contains(missing.name());
                return Optional.of(finding).filter(each -> !value.isMissingNode() && containsName);
            }
            end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1));
        }
        return Optional.empty();
    }
}
