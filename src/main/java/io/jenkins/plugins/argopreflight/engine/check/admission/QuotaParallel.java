package io.jenkins.plugins.argopreflight.engine.check.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.ItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.ConcurrentQuota;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A check for pods that run at the same time while a ResourceQuota has capacity only for some of them: the others wait.
 * Source: argo-workflows util/errors/errors.go (isExceededQuotaErr is transient).
 */
public final class QuotaParallel extends ItemCheck<WorkflowFacts> {

    public QuotaParallel() {
        super(
                CheckInfo.warning(
                                "quota-parallel",
                                "A ResourceQuota is too small for all pods that the workflow runs at the same time",
                                Topic.ADMISSION)
                        .needing(Need.QUOTAS, Need.LIMIT_RANGES)
                        .ending(Ending.PENDING),
                Facts::workflows);
    }

    @Override
    protected boolean concerns(WorkflowFacts workflow) {
        return workflow.together().size() > 1 && (!workflow.isArgo() || hasDeadline(workflow));
    }

    /**
     * Returns whether a deadline can end pods before they start. Pods that only wait for others are no problem without
     * one.
     */
    private static boolean hasDeadline(WorkflowFacts workflow) {
        return workflow.together().widest().keySet().stream()
                .anyMatch(pod -> pod.spec().has("activeDeadlineSeconds"));
    }

    @Override
    protected List<Finding> check(Facts facts, WorkflowFacts workflow) {
        Fact<List<ObjectNode>> quotas = facts.cluster().list(Resource.RESOURCE_QUOTAS, workflow.namespace());
        Fact<List<ObjectNode>> ranges = facts.cluster().list(Resource.LIMIT_RANGES, workflow.namespace());
        if (quotas.ifKnown().filter(List::isEmpty).isPresent()) {
            return List.of();
        }
        return quotas.flatMap(known ->
                        ranges.map(limits -> refusals(facts, workflow.together().widest(), known, limits)))
                .fold(
                        messages -> messages.stream()
                                .flatMap(message -> QuotaMessage.of(message)
                                        .map(quota -> finding(workflow, quota)
                                                .evidence(EvidenceLine.words("together: " + message)))
                                        .stream())
                                .toList(),
                        unknown -> List.of(UnknownFindings.finding(
                                info(),
                                Places.workflow(workflow, ""),
                                "whether the quota allows "
                                        + workflow.together().size() + " pods at the same time",
                                unknown)));
    }

    /** Returns the messages of the quotas that have capacity for each of these pods alone, but not for all of them. */
    static List<String> refusals(
            Facts facts, Map<ArgoPod, Long> pods, List<ObjectNode> quotas, List<ObjectNode> ranges) {
        Map<ObjectNode, Long> specs = new IdentityHashMap<>();
        pods.forEach((pod, count) -> specs.merge(pod.spec(), count, Long::sum));
        try {
            return ConcurrentQuota.refusals(
                    quotas, ranges, specs, facts.kubernetes().ifKnown().orElse(""));
        } catch (IllegalArgumentException noAmount) {
            // An amount is known only at run time, or is invalid. Another check reports it.
            return List.of();
        }
    }

    private Finding finding(WorkflowFacts workflow, QuotaMessage quota) {
        long size = workflow.together().size();
        long fitting = Math.max(1, quota.fitting(size));
        String namespace = workflow.namespace();
        return Finding.warn(
                        info(),
                        Subject.of("ResourceQuota", namespace, quota.quota(), "spec.hard"),
                        "The workflow runs " + size + " pods at the same time (" + templates(workflow)
                                + "), which together request " + QuotaRefuses.amounts(quota.requested())
                                + ". ResourceQuota " + quota.quota() + " of namespace " + namespace + " has in use "
                                + QuotaRefuses.amounts(quota.used()) + " of " + QuotaRefuses.amounts(quota.limited())
                                + ". Pods above the quota stay Pending (exceeded quota) until Argo retries and the"
                                + " quota allows them.")
                .title("ResourceQuota %s is too small for %s pods at once", quota.quota(), String.valueOf(size))
                .fix(
                        Places.inSpec(workflow, Yaml.of("parallelism: $fitting").with("fitting", fitting))
                                .because("to run no more pods at once than the quota allows: in the workflow"),
                        RunCommands.of(quota.makeRoom(namespace)).orIf("owner of the quota: raise it for all pods"))
                .on(workflow.together().widest().keySet());
    }

    private static String templates(WorkflowFacts workflow) {
        Map<String, Long> counts = new TreeMap<>();
        workflow.together().widest().forEach((pod, count) -> counts.merge(pod.template(), count, Long::sum));
        return counts.entrySet().stream()
                .map(each -> each.getValue() + " of template " + each.getKey())
                .collect(Collectors.joining(", "));
    }
}
