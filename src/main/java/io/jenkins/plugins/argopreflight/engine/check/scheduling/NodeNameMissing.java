package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.json.Json;
import io.jenkins.plugins.argopreflight.engine.kube.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.manifest.SimilarNames;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.ArrayList;
import java.util.List;

/**
 * A check for pods with a nodeName that no node has. A pod with a nodeName is not scheduled, and it is deleted without
 * an event if the node does not exist. Source: kubernetes pkg/controller/podgc/gc_controller.go (gcOrphaned).
 */
public final class NodeNameMissing implements Check {

    private static final String PATH = "spec.nodeName";
    private static final CheckInfo INFO = new CheckInfo(
                    "node-name-missing", "The nodeName of a pod is no node", Severity.ERROR, Topic.CLUSTER)
            .needing(Need.NODES)
            .ending(Ending.PENDING);

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.pods().anyMatch(pod -> !name(pod).isEmpty());
    }

    @Override
    public List<Finding> check(Facts facts) {
        Fact<List<ObjectNode>> nodes = Nodes.all(facts);
        List<Finding> findings = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            for (ArgoPod pod : workflow.pods()) {
                String name = name(pod);
                if (name.isEmpty()) {
                    continue;
                }
                nodes.ifUnknown()
                        .ifPresent(unknown -> findings.add(UnknownFindings.finding(
                                        INFO,
                                        Places.of(workflow, pod, PATH),
                                        "whether node " + name + " exists",
                                        unknown)
                                .on(pod)));
                nodes.ifKnown()
                        .map(known -> known.stream().map(KubeObjects::name).toList())
                        .filter(names -> !names.isEmpty() && !names.contains(name))
                        .ifPresent(names ->
                                findings.add(finding(workflow, pod, name, names).on(pod)));
            }
        }
        return findings;
    }

    private static String name(ArgoPod pod) {
        String name = Json.text(pod.spec(), "nodeName");
        return name.contains("{{") ? "" : name;
    }

    private static Finding finding(WorkflowFacts workflow, ArgoPod pod, String name, List<String> names) {
        String hint = SimilarNames.to(name, names)
                .map(each -> " The nearest name is " + each + ".")
                .orElse("");
        return Finding.fail(
                        INFO,
                        Places.of(workflow, pod, PATH),
                        "The pod of " + Places.template(pod) + " has nodeName " + name
                                + ", and no node has that name. Kubernetes deletes the pod without an event, and the"
                                + " workflow stays Running." + hint)
                .title("Node %s does not exist", name)
                .evidence(
                        EvidenceLine.words("nodes \"" + name + "\" not found"),
                        EvidenceLine.words("nodeName is set by " + pod.origin(PATH)))
                .fix(
                        RunCommands.of(Command.kubectl("get", "nodes")).because("the nodes that exist:"),
                        AskPerson.reader("then correct nodeName there, or use nodeSelector with kubernetes.io/hostname:"
                                + " then the scheduler checks that the pod fits, and reports when it does not"));
    }
}
