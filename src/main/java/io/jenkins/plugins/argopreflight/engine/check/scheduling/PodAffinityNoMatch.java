package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.PodItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.LabelSelectors;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A check for pods that must run beside other pods which do not exist, or that must be spread over a label which no
 * node has. A pod that matches its own affinity term can be scheduled first. Source: kubernetes
 * pkg/scheduler/framework/plugins/{interpodaffinity,podtopologyspread}/filtering.go.
 */
public final class PodAffinityNoMatch extends PodItemCheck<WorkflowPod> {

    private static final String AFFINITY = "spec.affinity";
    private static final String SPREAD = "spec.topologySpreadConstraints";

    public PodAffinityNoMatch() {
        super(
                CheckInfo.error(
                                "pod-affinity-no-match",
                                "No node matches the pod affinity or topology spread that a pod requires",
                                Topic.CLUSTER)
                        .needing(Need.NODES, Need.PODS)
                        .ending(Ending.PENDING),
                WorkflowPod::all);
    }

    @Override
    protected boolean concerns(WorkflowPod item) {
        return !terms(item.pod()).isEmpty() || !spreads(item.pod()).isEmpty();
    }

    @Override
    protected List<Finding> check(Facts facts, WorkflowPod item) {
        List<Finding> findings = new Findings();
        Fact<List<ObjectNode>> nodes = Nodes.all(facts);
        terms(item.pod()).forEach(term -> check(facts, item.workflow(), item.pod(), term, nodes, findings));
        spreads(item.pod())
                .forEach(spread -> reportMissingKey(
                        item.workflow(), item.pod(), Json.text(spread, "topologyKey"), SPREAD, nodes, findings));
        return findings;
    }

    private void check(
            Facts facts,
            WorkflowFacts workflow,
            ArgoPod pod,
            JsonNode term,
            Fact<List<ObjectNode>> nodes,
            List<Finding> findings) {
        if (reportMissingKey(workflow, pod, Json.text(term, "topologyKey"), AFFINITY, nodes, findings)) {
            return;
        }
        boolean isOtherNamespace =
                term.has("namespaceSelector") || !term.path("namespaces").isEmpty();
        boolean isOwnPod = workflow.pods().stream().anyMatch(each -> fits(term, each.pod()));
        if (isOtherNamespace || isOwnPod) {
            return;
        }
        String labels = labels(term);
        Fact<List<ObjectNode>> pods = facts.cluster().list(Resource.PODS, workflow.namespace());
        pods.ifUnknown()
                .ifPresent(unknown -> findings.add(UnknownFindings.finding(
                        info(),
                        Places.of(workflow, pod, AFFINITY),
                        "whether a pod with " + labels + " exists in namespace " + workflow.namespace()
                                + ", as the podAffinity of " + Places.template(pod) + " requires",
                        unknown)));
        if (pods.ifKnown()
                .filter(all -> all.stream().noneMatch(each -> !hasEnded(each) && fits(term, each)))
                .isPresent()) {
            findings.add(Finding.fail(
                            info(),
                            Places.of(workflow, pod, AFFINITY),
                            "The podAffinity of " + Places.template(pod) + " requires a pod with " + labels
                                    + " on the same node, and namespace " + workflow.namespace()
                                    + " has none that has not ended. The pod stays Pending (node(s) didn't match pod affinity rules) until"
                                    + " there is one.")
                    .title("No pod matches the podAffinity of %s", Places.template(pod))
                    .because(new Missing.InNamespace(workflow.namespace()))
                    .fix(
                            RunCommands.of(Command.kubectl("get", "pods")
                                            .namespace(workflow.namespace())
                                            .with("--show-labels"))
                                    .because("show the labels of the pods:"),
                            AskPerson.reader("then correct labelSelector at " + pod.origin(AFFINITY)
                                    + ", or use preferredDuringSchedulingIgnoredDuringExecution")));
        }
    }

    /**
     * Reports a finding if no node has the label, or if the nodes are unknown.
     *
     * @return whether no node has the label, or the topologyKey is empty or not known yet
     */
    private boolean reportMissingKey(
            WorkflowFacts workflow,
            ArgoPod pod,
            String key,
            String path,
            Fact<List<ObjectNode>> nodes,
            List<Finding> findings) {
        if (key.isEmpty() || key.contains("{{")) {
            return true;
        }
        nodes.ifUnknown()
                .ifPresent(unknown -> findings.add(UnknownFindings.finding(
                        info(), Places.of(workflow, pod, path), "whether a node has label " + key, unknown)));
        List<ObjectNode> all = nodes.ifKnown().orElse(List.of());
        boolean isMissing = !all.isEmpty()
                && all.stream().noneMatch(node -> KubeObjects.labels(node).containsKey(key));
        if (isMissing) {
            findings.add(Finding.fail(
                            info(),
                            Places.of(workflow, pod, path),
                            "No node has label " + key + ", the topologyKey of " + Places.template(pod)
                                    + ". Its pod stays Pending forever.")
                    .title("No node has label %s", key)
                    .fix(
                            RunCommands.of(Command.kubectl("get", "nodes", "--show-labels"))
                                    .because("show the labels of the nodes:"),
                            AskPerson.reader("then correct topologyKey at " + pod.origin(path)
                                    + ", such as kubernetes.io/hostname or topology.kubernetes.io/zone")));
        }
        return isMissing;
    }

    private static List<JsonNode> terms(ArgoPod pod) {
        return list(
                pod.spec().path("affinity").path("podAffinity").path("requiredDuringSchedulingIgnoredDuringExecution"));
    }

    private static List<JsonNode> spreads(ArgoPod pod) {
        return list(pod.spec().path("topologySpreadConstraints")).stream()
                .filter(each -> Json.text(each, "whenUnsatisfiable").equals("DoNotSchedule"))
                .toList();
    }

    private static List<JsonNode> list(JsonNode list) {
        List<JsonNode> all = new ArrayList<>();
        list.forEach(all::add);
        return all;
    }

    private static boolean fits(JsonNode term, ObjectNode pod) {
        return term.has("labelSelector") && LabelSelectors.matches(term.path("labelSelector"), KubeObjects.labels(pod));
    }

    /**
     * Returns whether a pod has ended. The scheduler does not list pods that have ended. Source: kubernetes
     * pkg/scheduler/scheduler.go (NewInformerFactory).
     */
    private static boolean hasEnded(ObjectNode pod) {
        return Set.of("Succeeded", "Failed").contains(Json.text(pod, "status", "phase"));
    }

    private static String labels(JsonNode term) {
        List<String> parts = new ArrayList<>();
        JsonNode selector = term.path("labelSelector");
        Json.strings(selector.path("matchLabels")).forEach((key, value) -> parts.add(key + "=" + value));
        selector.path("matchExpressions")
                .forEach(each -> parts.add(Json.text(each, "key") + " " + Json.text(each, "operator")));
        return parts.isEmpty() ? "labels that no pod has" : "label " + String.join(", ", parts);
    }
}
