package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.PodItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import java.util.List;

/**
 * A check for pods with a nodeName that no node has. A pod with a nodeName is not scheduled, and it is deleted without
 * an event if the node does not exist. Source: kubernetes pkg/controller/podgc/gc_controller.go (gcOrphaned).
 */
public final class NodeNameMissing extends PodItemCheck<WorkflowPod> {

    private static final String PATH = "spec.nodeName";

    public NodeNameMissing() {
        super(
                CheckInfo.error("node-name-missing", "The nodeName of a pod is no node", Topic.CLUSTER)
                        .needing(Need.NODES)
                        .ending(Ending.PENDING),
                WorkflowPod::all);
    }

    @Override
    protected boolean concerns(WorkflowPod item) {
        return !name(item.pod()).isEmpty();
    }

    @Override
    protected List<Finding> check(Facts facts, WorkflowPod item) {
        String name = name(item.pod());
        return Nodes.all(facts)
                .fold(
                        nodes -> {
                            List<String> names =
                                    nodes.stream().map(KubeObjects::name).toList();
                            return names.isEmpty() || names.contains(name)
                                    ? List.of()
                                    : List.of(finding(item.workflow(), item.pod(), name, names));
                        },
                        unknown -> List.of(UnknownFindings.finding(
                                info(),
                                Places.of(item.workflow(), item.pod(), PATH),
                                "whether node " + name + " exists",
                                unknown)));
    }

    private static String name(ArgoPod pod) {
        String name = Json.text(pod.spec(), "nodeName");
        return name.contains("{{") ? "" : name;
    }

    private Finding finding(WorkflowFacts workflow, ArgoPod pod, String name, List<String> names) {
        String hint = SimilarNames.to(name, names)
                .map(each -> " The nearest name is " + each + ".")
                .orElse("");
        return Finding.fail(
                        info(),
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
