package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.Unsure;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.Packing.Item;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.node.AddedNodes;
import io.jenkins.plugins.argopreflight.engine.collect.node.NodeFit;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A pod for which no node is left beside the daemons of earlier steps, which run until the steps or dag around them end.
 * Source: kubernetes pkg/scheduler/framework/plugins/{noderesources,interpodaffinity}, argo-workflows
 * docs/walk-through/daemon-containers.md.
 */
public final class NodeHeldByDaemon implements Check {

    private static final CheckInfo INFO = new CheckInfo(
                    "node-held-by-daemon",
                    "No node is left for a pod while a daemon of the workflow runs",
                    Severity.ERROR,
                    Topic.CLUSTER)
            .needing(Need.NODES)
            .also(Outcome.WARN)
            .ending(Ending.PENDING);

    private static final int MOST = 30;

    /** A pod and the daemons beside it, each as often as it runs. */
    private record Beside(WorkflowFacts workflow, ArgoPod pod, List<ArgoPod> daemons) {

        /** Whether the pod can be kept waiting at all. */
        boolean isPossible() {
            return daemons.size() <= MOST
                    && Objects.text(pod.spec(), "nodeName").isEmpty()
                    && (daemons.stream().anyMatch(daemon -> AntiAffinity.isBetween(pod, daemon))
                            || requests(pod).stream()
                                    .anyMatch(name -> daemons.stream()
                                            .anyMatch(daemon -> requests(daemon).contains(name))));
        }

        String names() {
            return daemons.stream().map(ArgoPod::template).distinct().sorted().collect(Collectors.joining(", "));
        }
    }

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.workflows().stream().anyMatch(workflow -> !beside(workflow).isEmpty());
    }

    private static List<Beside> beside(WorkflowFacts workflow) {
        List<Beside> all = new ArrayList<>();
        workflow.together().daemons().forEach((pod, daemons) -> {
            List<ArgoPod> each = new ArrayList<>();
            daemons.pods().forEach((daemon, count) -> {
                for (long i = 0; i < Math.min(count, MOST + 1) && outlives(daemon, pod); i++) {
                    each.add(daemon);
                }
            });
            all.add(new Beside(workflow, pod, each));
        });
        return all.stream().filter(Beside::isPossible).toList();
    }

    /** The pod cannot take the daemon's place: by no higher priority, and by no earlier end of the daemon. */
    private static boolean outlives(ArgoPod daemon, ArgoPod pod) {
        long end = daemon.spec().path("activeDeadlineSeconds").asLong(Long.MAX_VALUE);
        return Objects.text(daemon.spec(), "priorityClassName").equals(Objects.text(pod.spec(), "priorityClassName"))
                && daemon.spec().path("priority").equals(pod.spec().path("priority"))
                && end >= pod.spec().path("activeDeadlineSeconds").asLong(Long.MAX_VALUE);
    }

    private static Set<String> requests(ArgoPod pod) {
        return new Item(pod, List.of()).requests().names();
    }

    @Override
    public List<Finding> check(Facts facts) {
        Fact<List<ObjectNode>> nodes = Nodes.all(facts);
        List<Finding> findings = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            for (Beside beside : beside(workflow)) {
                nodes.fold(
                                known -> check(facts, beside),
                                unknown -> Optional.of(Unsure.finding(
                                        INFO,
                                        Places.workflow(workflow, ""),
                                        "whether a node is left for pods beside a daemon",
                                        unknown)))
                        .ifPresent(finding -> findings.add(finding.on(beside.pod())));
            }
        }
        return findings;
    }

    private static Optional<Finding> check(Facts facts, Beside beside) {
        List<Item> daemons =
                beside.daemons().stream().map(daemon -> item(facts, daemon)).toList();
        Item pod = item(facts, beside.pod());
        Set<String> resources = requests(beside.pod());
        Set<String> all = new LinkedHashSet<>(resources);
        beside.daemons().forEach(daemon -> all.addAll(requests(daemon)));
        boolean elsewhere = pod.nodes().isEmpty()
                || daemons.stream().anyMatch(daemon -> daemon.nodes().isEmpty())
                || !Packing.fits(daemons, all, AntiAffinity::isBetween);
        List<Item> together = new ArrayList<>(daemons);
        together.add(pod);
        if (elsewhere || Packing.fits(together, all, AntiAffinity::isBetween)) {
            return Optional.empty();
        }
        Optional<String> scarce = resources.stream()
                .filter(resource -> !Packing.fits(together, Set.of(resource), (one, other) -> false))
                .findFirst();
        boolean apart = !Packing.fits(together, Set.of(), AntiAffinity::isBetween);
        return scarce.map(resource -> full(beside, pod, resource))
                .or(() -> apart ? Optional.of(apart(beside, pod)) : Optional.empty());
    }

    /** A pod and the nodes on which it fits alone. */
    private static Item item(Facts facts, ArgoPod pod) {
        List<ObjectNode> nodes = facts.placement().allowed(pod.spec());
        return new Item(
                pod,
                NodeFit.of(pod.spec(), nodes).stream()
                        .filter(fit -> fit.obstacles().isEmpty())
                        .map(NodeFit::node)
                        .map(ObjectNode.class::cast)
                        .toList());
    }

    private static Finding full(Beside beside, Item pod, String resource) {
        List<EvidenceLine> evidence = new ArrayList<>();
        evidence.add(asked(beside.pod(), 1, resource));
        beside.daemons().stream()
                .collect(Collectors.groupingBy(each -> each, LinkedHashMap::new, Collectors.counting()))
                .forEach((daemon, count) -> evidence.add(asked(daemon, count, resource)));
        pod.nodes().stream()
                .limit(MOST / 3)
                .forEach(node -> evidence.add(EvidenceLine.words("node " + Objects.name(node) + ": allocatable "
                        + resource + " " + Packing.capacity(node, resource))));
        evidence.add(EvidenceLine.words("Insufficient " + resource));
        return finding(
                        pod,
                        Places.of(
                                beside.workflow(),
                                beside.pod(),
                                ResourcesTooLarge.asking(beside.pod(), resource).path()),
                        "Daemon " + beside.names() + " and the pod of " + Places.template(beside.pod())
                                + " request more of " + resource + " together than " + Nodes.named(pod.nodes())
                                + (pod.nodes().size() == 1 ? " has" : " have in any placement"))
                .title(
                        "No node has %s for %s beside daemon %s",
                        resource, beside.pod().template(), beside.names())
                .evidence(evidence)
                .fix(
                        RunCommands.of(Command.kubectl("describe", "node")
                                        .name("Node", Objects.name(pod.nodes().get(0))))
                                .because("Allocatable and Allocated resources show what it has:"),
                        AskPerson.reader("then lower the requests of both, or let a sidecar replace the daemon"));
    }

    private static EvidenceLine asked(ArgoPod pod, long count, String resource) {
        String amount = new Item(pod, List.of())
                .requests()
                .get(resource)
                .map(Object::toString)
                .orElse("0");
        return EvidenceLine.words(Places.template(pod) + ": " + (count > 1 ? count + " pods, each with " : "")
                + "requests " + resource + " " + amount);
    }

    private static Finding apart(Beside beside, Item pod) {
        ArgoPod keeper = beside.daemons().stream()
                .filter(daemon -> AntiAffinity.isBetween(beside.pod(), daemon))
                .findFirst()
                .filter(daemon -> !AntiAffinity.keepsOff(beside.pod(), daemon))
                .orElse(beside.pod());
        return finding(
                        pod,
                        Places.of(beside.workflow(), keeper, "spec.affinity"),
                        "The podAntiAffinity of " + Places.template(keeper) + " keeps the pod of "
                                + Places.template(beside.pod()) + " off the node of daemon " + beside.names()
                                + ", and the"
                                + " pod can run only on " + Nodes.named(pod.nodes()))
                .title(
                        "No node is left for %s: podAntiAffinity to daemon %s",
                        beside.pod().template(), beside.names())
                .evidence(EvidenceLine.words("node(s) didn't match pod anti-affinity rules"))
                .fix(AskPerson.reader("use preferredDuringSchedulingIgnoredDuringExecution at "
                        + keeper.origin("spec.affinity") + ", or let the pods run on more nodes"));
    }

    private static Finding finding(Item pod, Subject subject, String cause) {
        boolean grows = AddedNodes.canBeLike(pod.nodes());
        String detail = cause + ". The daemon runs until its steps have ended, so the pod stays Pending "
                + (grows ? "unless an autoscaler adds a node." : "forever.");
        return grows ? Finding.warn(INFO, subject, detail) : Finding.fail(INFO, subject, detail);
    }
}
