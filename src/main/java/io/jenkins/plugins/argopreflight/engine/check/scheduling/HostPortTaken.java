package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.PodItem;
import io.jenkins.plugins.argopreflight.engine.check.PodItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A check for pods of a workflow that need the same port of a node at the same time, with too few nodes. Source:
 * kubernetes pkg/scheduler/framework/plugins/nodeports (two ports conflict unless their hostIPs differ and neither is
 * 0.0.0.0).
 */
public final class HostPortTaken extends PodItemCheck<HostPortTaken.SharedPort> {

    /**
     * A port of the node, and the field that requests it.
     *
     * @param name the number and protocol, such as {@code 8080/TCP}
     * @param path the path of the field in the pod
     */
    record Port(String name, String path) {}

    public HostPortTaken() {
        super(
                CheckInfo.error(
                                "host-port-taken",
                                "Pods that run at the same time want the same port of a node, and there are too few nodes",
                                Topic.CLUSTER)
                        .needing(Need.NODES)
                        .alsoGiving(Outcome.WARN)
                        .ending(Ending.PENDING),
                HostPortTaken::sharedPorts);
    }

    private static List<SharedPort> sharedPorts(Facts facts) {
        return facts.workflows().stream()
                .flatMap(workflow -> sharedPorts(workflow).stream())
                .toList();
    }

    /** Returns a finding if there are too few nodes for the pods, or if the nodes are unknown. */
    @Override
    protected List<Finding> check(Facts facts, SharedPort sharedPort) {
        int nodes = facts.placement().allowed(sharedPort.pod().spec()).size();
        return Nodes.all(facts)
                .fold(
                        known -> nodes == 0 || nodes >= sharedPort.pods()
                                ? List.of()
                                : List.of(finding(
                                        sharedPort, nodes == 1 ? "one node can run it" : nodes + " nodes can run it")),
                        unknown -> List.of(UnknownFindings.finding(
                                info(),
                                sharedPort.subject(),
                                "whether there are nodes for all pods with port "
                                        + sharedPort.port().name(),
                                unknown)));
    }

    private Finding finding(SharedPort sharedPort, String capacity) {
        Finding finding =
                switch (sharedPort.sharing()) {
                    case WITH_DAEMONS -> besideDaemon(sharedPort, capacity);
                    case AMONG_PODS -> amongPods(sharedPort, capacity);
                };
        return finding.evidence(EvidenceLine.field(
                        sharedPort.port().path(), sharedPort.port().name()))
                .fix(AskPerson.reader("remove hostPort (or hostNetwork) there: pods reach each other by their own"
                        + " addresses, such as {{steps.NAME.ip}}"));
    }

    /**
     * Returns the ports that several pods need at the same time; only the ports of daemons if another pod needs one of
     * them while the daemon runs.
     */
    private static List<SharedPort> sharedPorts(WorkflowFacts workflow) {
        List<SharedPort> besideDaemons = new ArrayList<>();
        workflow.together()
                .daemons()
                .forEach((pod, daemons) -> ports(pod).stream()
                        .filter(port -> countPods(daemons.pods(), port.name()) > 0)
                        .findFirst()
                        .ifPresent(port -> besideDaemons.add(new SharedPort(
                                workflow,
                                pod,
                                port,
                                1 + countPods(daemons.pods(), port.name()),
                                Sharing.WITH_DAEMONS))));
        if (!besideDaemons.isEmpty()) {
            return besideDaemons;
        }
        Map<ArgoPod, Long> pods = workflow.together().widest();
        Map<String, SharedPort> ports = new TreeMap<>();
        pods.keySet()
                .forEach(pod -> ports(pod)
                        .forEach(port -> ports.putIfAbsent(
                                port.name(),
                                new SharedPort(
                                        workflow, pod, port, countPods(pods, port.name()), Sharing.AMONG_PODS))));
        return ports.values().stream().filter(each -> each.pods() > 1).toList();
    }

    private Finding besideDaemon(SharedPort sharedPort, String nodes) {
        return Finding.fail(
                        info(),
                        sharedPort.subject(),
                        "The pod of " + Places.template(sharedPort.pod()) + " wants port "
                                + sharedPort.port().name() + " of its node, which a daemon of an earlier step has, and "
                                + nodes
                                + ". The daemon runs until its steps have ended, so the pod stays Pending forever.")
                .title(
                        "Port %s of the node is taken by a daemon",
                        sharedPort.port().name());
    }

    private Finding amongPods(SharedPort sharedPort, String nodes) {
        return Finding.warn(
                        info(),
                        sharedPort.subject(),
                        sharedPort.pods() + " pods of the workflow want port "
                                + sharedPort.port().name() + " of their node at the same time, and " + nodes
                                + ". The others stay Pending until one has ended.")
                .title(
                        "%s pods want port %s of a node at once",
                        String.valueOf(sharedPort.pods()), sharedPort.port().name());
    }

    /** The kind of the pods that need a port. */
    enum Sharing {
        /** A pod, and daemons of earlier steps that still run. */
        WITH_DAEMONS,
        /** Pods that start together. */
        AMONG_PODS
    }

    /**
     * A port that several pods need at the same time.
     *
     * @param pods the number of these pods
     */
    record SharedPort(WorkflowFacts workflow, ArgoPod pod, Port port, long pods, Sharing sharing) implements PodItem {

        Subject subject() {
            return Places.of(workflow, pod, port.path());
        }
    }

    /** Returns the number of pods that need a port. */
    private static long countPods(Map<ArgoPod, Long> pods, String port) {
        return pods.entrySet().stream()
                .filter(each -> ports(each.getKey()).stream()
                        .anyMatch(ownPort -> ownPort.name().equals(port)))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Returns the ports of the node that a pod needs. With hostNetwork, these are all its ports. */
    private static List<Port> ports(ArgoPod pod) {
        List<Port> ports = new ArrayList<>();
        boolean isHostNetwork = pod.spec().path("hostNetwork").asBoolean();
        for (JsonNode container : pod.spec().path("containers")) {
            for (JsonNode port : container.path("ports")) {
                long number = port.path("hostPort")
                        .asLong(isHostNetwork ? port.path("containerPort").asLong() : 0);
                String ip = Json.text(port, "hostIP");
                if (number > 0 && (ip.isEmpty() || ip.equals("0.0.0.0"))) {
                    String protocol = Json.text(port, "protocol");
                    ports.add(new Port(
                            number + "/" + (protocol.isEmpty() ? "TCP" : protocol),
                            "spec.containers[" + Json.text(container, "name") + "].ports"));
                }
            }
        }
        return ports;
    }
}
