package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ObservedState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The nodes of a workflow that failed for a reason of their own, and those that are unfinished. */
final class Suspects {

    private final WorkflowState workflow;
    private final Templates templates;
    private final Map<String, PodState> podsByNode = new HashMap<>();
    private final Map<String, PodState> podsByName = new HashMap<>();
    private final Map<String, NodeState> parents = new HashMap<>();

    Suspects(WorkflowState workflow, Templates templates, ObservedState observed) {
        this.workflow = workflow;
        this.templates = templates;
        observed.allPods().forEach(pod -> {
            podsByName.put(pod.name(), pod);
            if (!pod.nodeId().isEmpty()) {
                podsByNode.put(pod.nodeId(), pod);
            } else if (!pod.nodeName().isEmpty()) {
                podsByNode.put(pod.nodeName(), pod);
            }
        });
        workflow.nodes().values().forEach(node -> node.children().forEach(child -> parents.put(child, node)));
    }

    /** Returns the pod of a node; empty if it does not exist. */
    Optional<PodState> pod(NodeState node) {
        if (node.isRunByAgent()) {
            return podsByName.values().stream().filter(PodState::isAgent).findFirst();
        }
        return Optional.ofNullable(podsByNode.get(node.id()))
                .or(() -> Optional.ofNullable(podsByNode.get(node.name())))
                .or(() -> Suspect.of(node, Optional.empty()).podNames(workflow.name()).stream()
                        .flatMap(name -> Optional.ofNullable(podsByName.get(name)).stream())
                        .findFirst());
    }

    /** Returns the failed nodes in the order of the status, without those despite which the workflow continues. */
    List<Suspect> failed() {
        if (workflow.phase().equals("Succeeded")) {
            return List.of();
        }
        Set<String> above = aboveFailures();
        List<Suspect> failed = new ArrayList<>();
        for (NodeState node : workflow.nodes().values()) {
            if (node.isFailed() && !above.contains(node.id()) && matters(node)) {
                failed.add(Suspect.of(node, pod(node), isRetried(node)));
            }
        }
        return failed;
    }

    /** Returns the unfinished nodes that do work, without those that only contain others. */
    List<Suspect> unfinished() {
        if (workflow.isEnded()) {
            return List.of();
        }
        return workflow.nodes().values().stream()
                .filter(node ->
                        node.isLeaf() && node.isUnfinished() && !node.type().equals("Container"))
                .map(node -> Suspect.of(node, pod(node)))
                .toList();
    }

    /** Returns the ids of nodes that failed only because a node below them failed. */
    private Set<String> aboveFailures() {
        Set<String> above = new HashSet<>();
        for (NodeState node : workflow.nodes().values()) {
            if (node.isFailed()) {
                NodeState parent = parents.get(node.id());
                while (parent != null && !parent.isLeaf() && above.add(parent.id())) {
                    parent = parents.get(parent.id());
                }
                NodeState boundary = workflow.nodes().get(node.boundary());
                while (boundary != null && above.add(boundary.id())) {
                    boundary = workflow.nodes().get(boundary.boundary());
                }
            }
        }
        return above;
    }

    private boolean isRetried(NodeState node) {
        return Optional.ofNullable(parents.get(node.id()))
                .filter(parent -> parent.type().equals("Retry") && parent.isUnfinished())
                .isPresent();
    }

    /**
     * Returns whether the failure of a node matters: no node above it succeeded despite the failure, or continues after
     * it.
     */
    private boolean matters(NodeState node) {
        NodeState parent = parents.get(node.id());
        if (parent != null && parent.type().equals("Retry")) {
            return !parent.phase().equals("Succeeded") && matters(parent);
        }
        if (templates.continuesAfter(node)) {
            return false;
        }
        NodeState boundary = workflow.nodes().get(node.boundary());
        return boundary == null
                || !boundary.phase().equals("Succeeded") && (boundary.isUnfinished() || matters(boundary));
    }
}
