package io.jenkins.plugins.argopreflight.engine.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Missing;
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
 * Puts each finding that only follows from another one below it. It follows from the first finding about the same
 * {@link Missing} thing, from a field that the API server drops and that would be this thing, from a namespace that does not
 * exist, or from a cluster that gives no answer. Each gate that counts the finding counts its cause too, so a gate has the verdict that it would have with all
 * findings beside each other. What does not count is no cause: suppressed findings are taken out before, and a report is
 * lifted before it is compared with another one.
 */
public final class CauseNesting {

    /** The value of an element of a list, such as a parameter. */
    private static final Pattern VALUE_OF_ELEMENT = Pattern.compile("(.+)\\[\\d+]\\.(?:value|valueFrom|from)");

    private final Map<Missing.Field, Finding> dropped = new HashMap<>();
    private final Map<Missing, Finding> firsts = new HashMap<>();
    private final Map<Finding, Finding> causes = new IdentityHashMap<>();
    private final Predicate<Finding> isOfOutage;
    private final Set<String> ofCluster;
    private final List<Finding> all;
    private final Optional<Finding> outage;

    /**
     * Finds the causes.
     *
     * @param isOfOutage whether a finding would not be there if the cluster gave answers
     * @param ofCluster the checks that need the cluster
     */
    private CauseNesting(List<Finding> findings, Predicate<Finding> isOfOutage, Set<String> ofCluster) {
        this.isOfOutage = isOfOutage;
        this.ofCluster = ofCluster;
        this.all = findings;
        this.outage = findings.stream().filter(NoClusterAccess::isReportedBy).findFirst();
        for (Finding finding : findings) {
            if (finding.missing() instanceof Missing.Dropped field) {
                drop(field, finding);
            }
        }
    }

    private void drop(Missing.Dropped field, Finding finding) {
        firsts.putIfAbsent(new Missing.Field(field.document(), field.path(), ""), finding);
        if (field.meant().isEmpty()) {
            return;
        }
        dropped.putIfAbsent(new Missing.Field(field.document(), field.meant(), ""), finding);
        Matcher value = VALUE_OF_ELEMENT.matcher(field.meant());
        if (value.matches()) {
            firsts.putIfAbsent(new Missing.Field(field.document(), value.group(1), field.element()), finding);
        }
    }

    /**
     * Returns the findings of all checks, each cause with what follows from it, in the order of reports.
     *
     * @param results without findings that do not count
     */
    public static List<Finding> of(Facts facts, List<CheckResult> results) {
        Set<String> ofCluster = results.stream()
                .map(CheckResult::info)
                .filter(info -> !info.needs().isEmpty() && info.topic() != Topic.IMAGES)
                .map(CheckInfo::id)
                .collect(Collectors.toSet());
        List<Finding> findings = FindingOrder.of(results);
        Optional<String> reason = NoClusterAccess.reason(facts);
        return new CauseNesting(
                        findings,
                        finding -> finding.outcome() == Outcome.UNKNOWN
                                && (ofCluster.contains(finding.check())
                                        || reason.filter(finding.detail()::contains)
                                                .isPresent()),
                        ofCluster)
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
            } else if (missing != null) {
                firsts.putIfAbsent(missing, finding);
            }
        }
        return findings.stream()
                .filter(finding -> !causes.containsKey(finding))
                .map(finding -> finding.with(followers.getOrDefault(finding, List.of())))
                .toList();
    }

    private Optional<Finding> cause(Finding finding) {
        Missing missing = finding.missing();
        if (missing == null) {
            return outage.filter(each -> isOfOutage.test(finding)).or(() -> inNamespace(finding));
        }
        if (missing instanceof Missing.Dropped) {
            return Optional.empty();
        }
        Optional<Finding> field = missing instanceof Missing.Field lacks ? inDropped(lacks) : Optional.empty();
        return field.or(() -> Optional.ofNullable(firsts.get(missing))).or(() -> inNamespace(finding));
    }

    /** Returns the finding that the namespace does not exist whose objects another one is about. */
    private Optional<Finding> inNamespace(Finding finding) {
        return all.stream()
                .filter(each -> NamespaceAnswers.isConsequence(each, finding, ofCluster.contains(finding.check())))
                .findFirst();
    }

    /** Returns the dropped field of the same document that would be the thing that is missing. */
    private Optional<Finding> inDropped(Missing.Field missing) {
        String path = missing.path();
        int end = path.length();
        while (end > 0) {
            Finding finding = dropped.get(new Missing.Field(missing.document(), path.substring(0, end), ""));
            if (finding != null && finding.missing() instanceof Missing.Dropped field) {
                JsonNode value = FieldPath.at(field.value(), path.substring(end).replaceFirst("^\\.", ""));
                boolean holds = missing.name().isEmpty() || Objects.names(value).contains(missing.name());
                return Optional.of(finding).filter(each -> !value.isMissingNode() && holds);
            }
            end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1));
        }
        return Optional.empty();
    }
}
