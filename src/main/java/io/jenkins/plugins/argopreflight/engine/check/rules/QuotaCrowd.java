package io.jenkins.plugins.argopreflight.engine.check.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.cluster.Resource;
import io.jenkins.plugins.argopreflight.engine.cluster.admission.Crowd;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.workflow.Existence.Ending;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Pods that run at the same time and of which a ResourceQuota has room for some only: the others wait. Source:
 * argo-workflows util/errors/errors.go (isExceededQuotaErr is transient).
 */
public final class QuotaCrowd implements Check {

    private static final CheckInfo INFO = new CheckInfo(
                    "quota-parallel",
                    "A ResourceQuota has no room for all pods that the workflow runs at the same time",
                    Severity.WARNING,
                    Topic.ADMISSION)
            .needing("the namespace's ResourceQuotas and LimitRanges")
            .ending(Ending.PENDING);

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.workflows().stream().anyMatch(QuotaCrowd::isCrowd);
    }

    private static boolean isCrowd(WorkflowFacts workflow) {
        return size(workflow) > 1;
    }

    private static long size(WorkflowFacts workflow) {
        return workflow.together().values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            if (!isCrowd(workflow)) {
                continue;
            }
            Fact<List<ObjectNode>> quotas = facts.cluster().list(Resource.RESOURCE_QUOTAS, workflow.namespace());
            Fact<List<ObjectNode>> ranges = facts.cluster().list(Resource.LIMIT_RANGES, workflow.namespace());
            if (quotas.ifKnown().filter(List::isEmpty).isPresent()) {
                continue;
            }
            Fact<?> needed = quotas instanceof Fact.Unknown<?> ? quotas : ranges;
            if (needed instanceof Fact.Unknown<?>) {
                findings.add(Unsure.finding(
                        INFO,
                        Places.workflow(workflow, ""),
                        "whether a quota has room for the " + size(workflow) + " pods that run at the same time",
                        needed));
                continue;
            }
            refusals(
                            facts,
                            workflow,
                            quotas.ifKnown().orElseThrow(),
                            ranges.ifKnown().orElseThrow())
                    .forEach(words -> QuotaWords.of(words)
                            .ifPresent(quota ->
                                    findings.add(finding(workflow, quota).evidence("together: " + words))));
        }
        return findings;
    }

    private static List<String> refusals(
            Facts facts, WorkflowFacts workflow, List<ObjectNode> quotas, List<ObjectNode> ranges) {
        Map<ObjectNode, Long> specs = new IdentityHashMap<>();
        workflow.together().forEach((pod, count) -> specs.merge(pod.spec(), count, Long::sum));
        try {
            return Crowd.refusals(
                    quotas, ranges, specs, facts.kubernetes().ifKnown().orElse(""));
        } catch (IllegalArgumentException noAmount) {
            // Amounts that are known only later, or none at all: another check tells that.
            return List.of();
        }
    }

    private static Finding finding(WorkflowFacts workflow, QuotaWords quota) {
        long size = size(workflow);
        long fitting = Math.max(1, quota.fitting(size));
        String namespace = workflow.namespace();
        return Finding.warn(
                        INFO,
                        Subject.of("ResourceQuota", namespace, quota.quota(), "spec.hard"),
                        "The workflow runs " + size + " pods at the same time (" + templates(workflow)
                                + "), which together request " + QuotaRefuses.amounts(quota.requested())
                                + ". ResourceQuota " + quota.quota() + " of namespace " + namespace + " has in use "
                                + QuotaRefuses.amounts(quota.used()) + " of " + QuotaRefuses.amounts(quota.limited())
                                + ". Pods without room stay Pending (exceeded quota) until Argo retries and finds room.")
                .title("ResourceQuota %s has no room for %s pods at once", quota.quota(), String.valueOf(size))
                .fix(
                        ChangeField.to(Yaml.of("spec:\n  parallelism: $fitting").with("fitting", fitting))
                                .because("to run only as many at once as there is room for: in the workflow"),
                        RunCommands.of(quota.makeRoom(namespace)).because("or, owner of the quota: make room for all"))
                .on(workflow.together().keySet());
    }

    private static String templates(WorkflowFacts workflow) {
        Map<String, Long> counts = new TreeMap<>();
        workflow.together().forEach((pod, count) -> counts.merge(pod.template(), count, Long::sum));
        return counts.entrySet().stream()
                .map(each -> each.getValue() + " of template " + each.getKey())
                .collect(Collectors.joining(", "));
    }
}
