package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One node of a workflow's status.
 *
 * @param type Pod, HTTP, Plugin, Suspend, Container, Steps, StepGroup, DAG, TaskGroup, Retry, Skipped
 * @param boundary id of the Steps or DAG node around it; "" for none
 * @param scope where its template is, such as {@code local/build-x7k2p} or {@code namespaced/build}
 * @param children ids
 * @param host the Kubernetes node of its pod; "" for a pod that was on none
 * @param lock the lock that it waits for, as {@code synchronizationStatus.waiting} names it; "" for none
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

    private static final Set<String> LEAVES = Set.of("Pod", "HTTP", "Plugin", "Suspend", "Container");
    private static final Set<String> FAILED = Set.of("Failed", "Error");
    private static final Set<String> UNFINISHED = Set.of("", "Pending", "Running");

    static NodeState of(JsonNode node) {
        List<String> children = new ArrayList<>();
        node.path("children").forEach(child -> children.add(child.asText("")));
        String name = Objects.text(node, "name");
        String shown = Objects.text(node, "displayName");
        JsonNode reference = node.path("templateRef");
        return new NodeState(
                Objects.text(node, "id"),
                name,
                shown.isEmpty() ? name : shown,
                Objects.text(node, "type"),
                Objects.text(node, "phase"),
                Objects.text(node, "message"),
                reference.isObject() ? Objects.text(reference, "template") : Objects.text(node, "templateName"),
                reference.isObject() ? scope(reference) : Objects.text(node, "templateScope"),
                Objects.text(node, "boundaryID"),
                List.copyOf(children),
                Times.of(node.path("startedAt")),
                Times.of(node.path("finishedAt")),
                node.path("daemoned").asBoolean(),
                Objects.text(node, "hostNodeName"),
                Objects.text(node, "synchronizationStatus", "waiting"),
                Optional.of(node.path("taskResultSynced"))
                        .filter(JsonNode::isBoolean)
                        .map(JsonNode::asBoolean));
    }

    /** Returns this node in another phase. */
    NodeState in(String other) {
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
        return (reference.path("clusterScope").asBoolean() ? "cluster/" : "namespaced/")
                + Objects.text(reference, "name");
    }

    /** Whether work is done in it, rather than in its children. */
    public boolean isLeaf() {
        return LEAVES.contains(type);
    }

    public boolean isFailed() {
        return FAILED.contains(phase);
    }

    public boolean isUnfinished() {
        return UNFINISHED.contains(phase) && !daemon;
    }

    /** Whether a stop or termination of the workflow ended it, or kept it from beginning. */
    public boolean isShutDown() {
        return message.startsWith("workflow shutdown with strategy");
    }

    /** Whether it calls an http or plugin template, whose work is done by the agent's pod. */
    public boolean isAgents() {
        return type.equals("HTTP") || type.equals("Plugin");
    }
}
