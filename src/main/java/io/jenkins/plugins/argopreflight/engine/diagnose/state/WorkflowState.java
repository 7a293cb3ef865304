package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState.Condition;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The state of a workflow in the cluster.
 *
 * @param manifest its apiVersion, kind, metadata and spec, without status
 * @param spec the spec in effect: the stored one for a workflow with a workflowTemplateRef
 * @param nodes the nodes by id, in the order of the status
 * @param results for each node's id whether its outputs were reported, from {@code taskResultsCompletionStatus}
 * @param locks the value of {@code status.synchronization}
 * @param unread the reason why the nodes are unknown, such as that they are stored elsewhere; {@code ""} if they are
 *     known
 */
public record WorkflowState(
        ObjectNode manifest,
        JsonNode spec,
        String name,
        String namespace,
        String uid,
        Optional<Instant> created,
        boolean deleting,
        List<String> finalizers,
        String phase,
        String message,
        List<Condition> conditions,
        Map<String, NodeState> nodes,
        Map<String, Boolean> results,
        JsonNode locks,
        String unread) {

    private static final Pattern CHILD_FAILED = Pattern.compile("child '([^']+)' failed");

    /** Reads the state from an object of kind Workflow. */
    public static WorkflowState of(ObjectNode workflow) {
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        List.of("apiVersion", "kind", "metadata", "spec").forEach(field -> {
            if (workflow.has(field)) {
                manifest.set(field, workflow.get(field));
            }
        });
        JsonNode status = workflow.path("status");
        Map<String, NodeState> nodes = new LinkedHashMap<>();
        status.path("nodes").forEach(node -> {
            NodeState state = NodeState.of(node);
            nodes.put(state.id(), state);
        });
        String unread = readCompressed(status, nodes);
        failDaemons(nodes);
        List<Condition> conditions = new ArrayList<>();
        status.path("conditions").forEach(each -> conditions.add(Condition.of(each)));
        List<String> finalizers = new ArrayList<>();
        workflow.path("metadata").path("finalizers").forEach(each -> finalizers.add(Json.text(each)));
        Map<String, Boolean> results = new LinkedHashMap<>();
        status.path("taskResultsCompletionStatus")
                .properties()
                .forEach(each -> results.put(each.getKey(), each.getValue().asBoolean()));
        JsonNode stored = status.path("storedWorkflowTemplateSpec");
        return new WorkflowState(
                manifest,
                stored.isObject() ? stored : workflow.path("spec"),
                KubeObjects.name(workflow),
                KubeObjects.namespace(workflow),
                KubeObjects.uid(workflow),
                Times.of(workflow.path("metadata").path("creationTimestamp")),
                !Json.text(workflow, "metadata", "deletionTimestamp").isEmpty(),
                List.copyOf(finalizers),
                Json.text(status, "phase"),
                Json.text(status, "message"),
                List.copyOf(conditions),
                nodes,
                results,
                status.path("synchronization"),
                unread);
    }

    /**
     * Sets daemons that failed to Failed again. Argo sets each daemon to Succeeded when it ends the daemons of a node;
     * the messages of the nodes above still name the failed one.
     *
     * @see <a
     *     href="https://github.com/argoproj/argo-workflows/blob/v4.0.7/workflow/controller/exec_control.go">killDaemonedChildren</a>
     */
    private static void failDaemons(Map<String, NodeState> nodes) {
        for (NodeState parent : List.copyOf(nodes.values())) {
            Matcher child = CHILD_FAILED.matcher(parent.isFailed() ? parent.message() : "");
            NodeState daemon = child.lookingAt() ? nodes.get(child.group(1)) : null;
            if (daemon != null && daemon.phase().equals("Succeeded") && daemon.isLeaf()) {
                nodes.put(daemon.id(), daemon.withPhase("Failed"));
            }
        }
    }

    /**
     * Returns the workflow with its nodes decompressed in {@code status.nodes}, as a small workflow has them. Their
     * inputs, which can be large, are left out: the outputs of an ended workflow are needed. Returns the workflow
     * unchanged if the nodes cannot be read; {@link #unread} then has the reason.
     */
    public static ObjectNode unpacked(ObjectNode workflow) {
        String text = Json.text(workflow, "status", "compressedNodes");
        if (text.isEmpty()) {
            return workflow;
        }
        ObjectNode unpacked = workflow.deepCopy();
        ObjectNode status = unpacked.withObject("/status");
        status.remove("compressedNodes");
        ObjectNode nodes = status.putObject("nodes");
        try {
            NodesReader.each(text, (id, tree) -> {
                tree.remove("inputs");
                nodes.set(id, tree);
            });
            return unpacked;
        } catch (IOException e) {
            return workflow;
        }
    }

    private static String readCompressed(JsonNode status, Map<String, NodeState> nodes) {
        if (!Json.text(status, "offloadNodeStatusVersion").isEmpty()) {
            return "its nodes are stored outside of the object (nodeStatusOffLoad): the pods were read instead";
        }
        String compressed = Json.text(status, "compressedNodes");
        if (compressed.isEmpty()) {
            return "";
        }
        try {
            nodes.putAll(NodesReader.read(compressed));
            return "";
        } catch (IOException e) {
            return e.getMessage() + ": the pods were read instead";
        }
    }

    /**
     * Returns whether a controller works or worked on the workflow. A controller that only stores the workflow's
     * templates in the status leaves the phase out.
     */
    public boolean started() {
        return !phase.isEmpty();
    }

    public boolean isFailed() {
        return phase.equals("Failed") || phase.equals("Error");
    }

    public boolean isEnded() {
        return isFailed() || phase.equals("Succeeded");
    }

    /** Returns {@code spec.shutdown}: Stop, Terminate, or {@code ""}. */
    public String shutdown() {
        return Json.text(manifest.path("spec"), "shutdown");
    }

    /** Returns the user or program that set {@code spec.shutdown}, as the subject of a sentence. */
    public String stoppedBy() {
        return StopOrigin.of(manifest);
    }

    /** Returns whether the workflow was stopped and has not ended yet. */
    public boolean isStopping() {
        return !shutdown().isEmpty() && !isEnded();
    }

    /** Returns {@code spec.suspend}: whether no node starts until the workflow is resumed. */
    public boolean suspended() {
        return manifest.path("spec").path("suspend").asBoolean();
    }

    public Collection<NodeState> leaves() {
        return nodes.values().stream().filter(NodeState::isLeaf).toList();
    }

    public Optional<Condition> condition(String type) {
        return conditions.stream()
                .filter(each -> each.type().equals(type) && each.status().equals("True"))
                .findFirst();
    }
}
