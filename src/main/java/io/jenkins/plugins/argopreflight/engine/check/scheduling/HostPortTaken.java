package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Pods of one workflow that want the same port of a node at the same time, and too few nodes for them. Source: kubernetes
 * pkg/scheduler/framework/plugins/nodeports (two ports conflict unless their hostIP differ and none is 0.0.0.0).
 */
public final class HostPortTaken implements Check {

    private static final CheckInfo INFO = new CheckInfo(
                    "host-port-taken",
                    "Pods that run at the same time want the same port of a node, and there are too few nodes",
                    Severity.ERROR,
                    Topic.CLUSTER)
            .needing(Need.NODES)
            .also(Outcome.WARN)
            .ending(Ending.PENDING);

    /** A port of the node, such as {@code 8080/TCP}, and the path of the field in the pod. */
    private record Port(String name, String path) {}

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.workflows().stream().anyMatch(workflow -> !wanted(workflow).isEmpty());
    }

    @Override
    public List<Finding> check(Facts facts) {
        return facts.workflows().stream()
                .flatMap(workflow -> wanted(workflow).stream())
                .flatMap(wanted -> wanted.unlessEnough(facts).stream())
                .toList();
    }

    /** The ports that several pods want at the same time; of daemons and what runs beside them, if there are such. */
    private static List<Wanted> wanted(WorkflowFacts workflow) {
        List<Wanted> beside = new ArrayList<>();
        workflow.together()
                .daemons()
                .forEach((pod, daemons) -> ports(pod).stream()
                        .filter(port -> count(daemons.pods(), port.name()) > 0)
                        .findFirst()
                        .ifPresent(port -> beside.add(
                                new Wanted(workflow, pod, port, 1 + count(daemons.pods(), port.name()), true))));
        if (!beside.isEmpty()) {
            return beside;
        }
        Map<ArgoPod, Long> pods = workflow.together().widest();
        Map<String, Wanted> wanted = new TreeMap<>();
        pods.keySet()
                .forEach(pod -> ports(pod)
                        .forEach(port -> wanted.putIfAbsent(
                                port.name(), new Wanted(workflow, pod, port, count(pods, port.name()), false))));
        return wanted.values().stream().filter(each -> each.pods() > 1).toList();
    }

    private static Finding besideDaemon(Wanted wanted, String nodes) {
        return Finding.fail(
                        INFO,
                        wanted.place(),
                        "The pod of " + Places.template(wanted.pod()) + " wants port "
                                + wanted.port().name() + " of its node, which a daemon of an earlier step has, and "
                                + nodes
                                + ". The daemon runs until its steps have ended, so the pod stays Pending forever.")
                .title("Port %s of the node is taken by a daemon", wanted.port().name());
    }

    private static Finding atOnce(Wanted wanted, String nodes) {
        return Finding.warn(
                        INFO,
                        wanted.place(),
                        wanted.pods() + " pods of the workflow want port "
                                + wanted.port().name() + " of their node at the same time, and " + nodes
                                + ". The others stay Pending until one has ended.")
                .title(
                        "%s pods want port %s of a node at once",
                        String.valueOf(wanted.pods()), wanted.port().name());
    }

    /** A port that so many pods want at the same time: this one and others, or daemons that do not end before it. */
    private record Wanted(WorkflowFacts workflow, ArgoPod pod, Port port, long pods, boolean daemons) {

        Subject place() {
            return Places.of(workflow, pod, port.path());
        }

        /** A finding where there is no node for each of the pods, or where that cannot be known. */
        Optional<Finding> unlessEnough(Facts facts) {
            int nodes = facts.placement().allowed(pod.spec()).size();
            return Nodes.all(facts)
                    .fold(
                            known -> nodes == 0 || nodes >= pods
                                    ? Optional.empty()
                                    : Optional.of(
                                            fixed(nodes == 1 ? "one node can run it" : nodes + " nodes can run it")),
                            unknown -> Optional.of(Unsure.finding(
                                            INFO,
                                            place(),
                                            "whether there are nodes for all pods with port " + port.name(),
                                            unknown)
                                    .on(pod)));
        }

        private Finding fixed(String few) {
            Finding finding = daemons ? besideDaemon(this, few) : atOnce(this, few);
            return finding.evidence(EvidenceLine.field(port.path(), port.name()))
                    .fix(AskPerson.reader("remove hostPort (or hostNetwork) there: pods reach each other by their own"
                            + " addresses, such as {{steps.NAME.ip}}"))
                    .on(pod);
        }
    }

    private static long count(Map<ArgoPod, Long> pods, String port) {
        return pods.entrySet().stream()
                .filter(each ->
                        ports(each.getKey()).stream().anyMatch(own -> own.name().equals(port)))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static List<Port> ports(ArgoPod pod) {
        List<Port> ports = new ArrayList<>();
        boolean host = pod.spec().path("hostNetwork").asBoolean();
        for (JsonNode container : pod.spec().path("containers")) {
            for (JsonNode port : container.path("ports")) {
                long number = port.path("hostPort")
                        .asLong(host ? port.path("containerPort").asLong() : 0);
                String ip = Objects.text(port, "hostIP");
                if (number > 0 && (ip.isEmpty() || ip.equals("0.0.0.0"))) {
                    String protocol = Objects.text(port, "protocol");
                    ports.add(new Port(
                            number + "/" + (protocol.isEmpty() ? "TCP" : protocol),
                            "spec.containers[" + Objects.text(container, "name") + "].ports"));
                }
            }
        }
        return ports;
    }
}
