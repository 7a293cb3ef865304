package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A node of a workflow's status.
 *
 * @param type Pod, HTTP, Plugin, Suspend, Container, Steps, StepGroup, DAG, TaskGroup, Retry or Skipped
 * @param scope the owner of its template, such as {@code local/build-x7k2p} or {@code namespaced/build}
 * @param boundary the id of the Steps or DAG node that contains it; {@code ""} for none
 * @param children the ids of its children
 * @param host the Kubernetes node of its pod; {@code ""} for a pod without a node
 * @param lock the lock for which it waits, from {@code synchronizationStatus.waiting}; {@code ""} for none
 * @param synced whether its results are complete ({@code taskResultSynced}); empty before Argo 3.6 and in old nodes
 */
public record NodeState(
        String id,
        String name,
        String displayName,
        String type,
        String phase,
        String message,
        String template,
        String scope,
        String boundary,
        List<String> children,
        Optional<Instant> started,
        Optional<Instant> finished,
        boolean daemon,
        String host,
        String lock,
        Optional<Boolean> synced) {

    private static final Set<String> LEAF_TYPES = Set.of("Pod", "HTTP", "Plugin", "Suspend", "Container");
    private static final Set<String> FAILED_PHASES = Set.of("Failed", "Error");
    private static final Set<String> UNFINISHED_PHASES = Set.of("", "Pending", "Running");

    static NodeState of(JsonNode node) {
        List<String> children = new ArrayList<>();
        node.path("children").forEach(child -> children.add(Json.text(child)));
        String name = Json.text(node, "name");
        String shown = Json.text(node, "displayName");
        JsonNode reference = node.path("templateRef");
        return new NodeState(
                Json.text(node, "id"),
                name,
                shown.isEmpty() ? name : shown,
                Json.text(node, "type"),
                Json.text(node, "phase"),
                Json.text(node, "message"),
                reference.isObject() ? Json.text(reference, "template") : Json.text(node, "templateName"),
                reference.isObject() ? scope(reference) : Json.text(node, "templateScope"),
                Json.text(node, "boundaryID"),
                List.copyOf(children),
                Times.of(node.path("startedAt")),
                Times.of(node.path("finishedAt")),
                node.path("daemoned").asBoolean(),
                Json.text(node, "hostNodeName"),
                Json.text(node, "synchronizationStatus", "waiting"),
                Optional.of(node.path("taskResultSynced"))
                        .filter(JsonNode::isBoolean)
                        .map(JsonNode::asBoolean));
    }

    /** Returns this node in another phase. */
    NodeState withPhase(String other) {
        return new NodeState(
                id,
                name,
                displayName,
                type,
                other,
                message,
                template,
                scope,
                boundary,
                children,
                started,
                finished,
                daemon,
                host,
                lock,
                synced);
    }

    private static String scope(JsonNode reference) {
        return (reference.path("clusterScope").asBoolean() ? "cluster/" : "namespaced/") + Json.text(reference, "name");
    }

    /** Returns whether the node does work itself and does not only contain other nodes. */
    public boolean isLeaf() {
        return LEAF_TYPES.contains(type);
    }

    public boolean isFailed() {
        return FAILED_PHASES.contains(phase);
    }

    public boolean isUnfinished() {
        return UNFINISHED_PHASES.contains(phase) && !daemon;
    }

    /** Returns whether a stop or termination of the workflow ended the node, or kept it from starting. */
    public boolean isShutDown() {
        return message.startsWith("workflow shutdown with strategy");
    }

    /** Returns whether the node runs an http or plugin template, whose work is done by the agent's pod. */
    public boolean isRunByAgent() {
        return type.equals("HTTP") || type.equals("Plugin");
    }
}
