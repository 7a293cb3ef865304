package io.jenkins.plugins.argopreflight.engine.check.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.ConcurrentPods;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fact.CauseKind;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Checks for pods that a ResourceQuota never allows while daemons of earlier steps run, which end only with the steps
 * or dag around them. Source: argo-workflows util/errors/errors.go (isExceededQuotaErr is transient),
 * docs/walk-through/daemon-containers.md.
 */
final class QuotaHeldByDaemon {

    private enum Cause implements CauseKind {
        HELD_BY_DAEMON
    }

    private final CheckInfo info;

    QuotaHeldByDaemon(CheckInfo info) {
        this.info = info;
    }

    /** Returns whether there is a workflow with daemons. */
    static boolean applies(Facts facts) {
        return facts.workflows().stream()
                .anyMatch(workflow -> !workflow.together().daemons().isEmpty());
    }

    List<Finding> findings(Facts facts) {
        List<Finding> findings = new Findings();
        for (WorkflowFacts workflow : facts.workflows()) {
            if (workflow.together().daemons().isEmpty()) {
                continue;
            }
            Fact<List<ObjectNode>> quotas = facts.cluster().list(Resource.RESOURCE_QUOTAS, workflow.namespace());
            if (quotas.ifKnown().filter(List::isEmpty).isPresent()) {
                continue;
            }
            Fact<List<ObjectNode>> ranges = facts.cluster().list(Resource.LIMIT_RANGES, workflow.namespace());
            quotas.flatMap(known -> ranges.map(limits -> findings(facts, workflow, unused(known), limits)))
                    .fold(
                            findings::addAll,
                            unknown -> findings.add(UnknownFindings.finding(
                                    info,
                                    Places.workflow(workflow, ""),
                                    "whether the quota allows pods beside a daemon",
                                    unknown)));
        }
        return findings;
    }

    /** Returns the quotas as they are if no other pod runs. */
    private static List<ObjectNode> unused(List<ObjectNode> quotas) {
        return quotas.stream()
                .map(quota -> {
                    ObjectNode copy = quota.deepCopy();
                    if (copy.path("status") instanceof ObjectNode status) {
                        ObjectNode used = status.putObject("used");
                        status.path("hard").fieldNames().forEachRemaining(name -> used.put(name, "0"));
                    }
                    return copy;
                })
                .toList();
    }

    private List<Finding> findings(
            Facts facts, WorkflowFacts workflow, List<ObjectNode> quotas, List<ObjectNode> ranges) {
        List<Finding> findings = new Findings();
        workflow.together().daemons().forEach((pod, daemons) -> {
            ConcurrentPods.Sum together = new ConcurrentPods.Sum();
            together.add(daemons, 1);
            together.add(ConcurrentPods.of(pod), 1);
            QuotaParallel.refusals(facts, together.peak().pods(), quotas, ranges)
                    .forEach(message -> QuotaMessage.of(message)
                            .ifPresent(quota -> findings.add(finding(workflow, pod, daemons, quota)
                                    .evidence(EvidenceLine.words("together: " + message))
                                    .on(pod))));
        });
        return findings;
    }

    private Finding finding(WorkflowFacts workflow, ArgoPod pod, ConcurrentPods daemons, QuotaMessage quota) {
        String namespace = workflow.namespace();
        String names = daemons.pods().keySet().stream()
                .map(ArgoPod::template)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return Finding.fail(
                        info,
                        Subject.of("ResourceQuota", namespace, quota.quota(), "spec.hard"),
                        "The pod of " + Places.template(pod) + " starts while daemon " + names
                                + " runs, and they request "
                                + QuotaRefuses.amounts(quota.requested()) + " together. ResourceQuota " + quota.quota()
                                + " of namespace " + namespace + " allows " + QuotaRefuses.amounts(quota.limited())
                                + ". The daemon runs until its steps have ended, so the pod stays Pending forever.")
                .cause(Cause.HELD_BY_DAEMON)
                .ending(Ending.PENDING)
                .title("ResourceQuota %s is too small beside daemon %s", quota.quota(), names)
                .fix(
                        RunCommands.of(quota.makeRoom(namespace)).because("owner of the quota: raise it for both:"),
                        AskPerson.or("lower the requests of both, or let a sidecar replace the daemon"));
    }
}
