package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.PodItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.node.AddedNodes;
import io.jenkins.plugins.argopreflight.engine.facts.node.NodeFit;
import io.jenkins.plugins.argopreflight.engine.facts.node.NodeFit.Obstacle;
import io.jenkins.plugins.argopreflight.engine.facts.node.NodeSelectors;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fact.CauseKind;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A check for pods that no node accepts. Each subclass reports the pods with one main obstacle. */
abstract class Unschedulable extends PodItemCheck<WorkflowPod> {

    private static final int MAX_SHOWN_NODES = 10;

    /**
     * A pod that no node accepts.
     *
     * @param nodes the nodes, with their obstacles
     * @param closestFit the node that is closest to accepting the pod; see {@link Unschedulable#closestFit}
     * @param grows whether an autoscaler could add a node that fits the pod; false for a pod that requires a node by
     *     name
     */
    record StuckPod(
            Facts facts,
            WorkflowFacts workflow,
            ArgoPod pod,
            List<NodeFit> nodes,
            NodeFit closestFit,
            Fact<Boolean> grows) {

        /** Returns the main obstacle: the first one of the node that is closest to accepting the pod. */
        Obstacle obstacle() {
            return closestFit.obstacles().keySet().iterator().next();
        }

        /** Returns the message that the scheduler will write, and the reasons of each node. */
        List<EvidenceLine> evidence() {
            Map<String, Integer> counts = new LinkedHashMap<>();
            nodes.forEach(fit -> fit.obstacles().values().stream()
                    .limit(1)
                    .forEach(reason -> counts.merge(reason, 1, Integer::sum)));
            List<EvidenceLine> lines = new ArrayList<>();
            List<String> parts = new ArrayList<>();
            counts.forEach((reason, count) -> parts.add(count + " " + reason));
            lines.add(EvidenceLine.words(
                    "0/" + nodes.size() + " nodes are available: " + String.join(", ", parts) + "."));
            nodes.stream().limit(MAX_SHOWN_NODES).forEach(fit -> lines.add(EvidenceLine.words(fit.toString())));
            if (nodes.size() > MAX_SHOWN_NODES) {
                lines.add(EvidenceLine.words("and " + (nodes.size() - MAX_SHOWN_NODES) + " nodes more"));
            }
            return lines;
        }

        String description() {
            return Places.template(pod);
        }

        /** Returns whether an autoscaler could add a node that fits the pod; true if this is unknown. */
        boolean canGrow() {
            return grows.ifKnown().orElse(true);
        }

        /** Returns the end of a sentence about how long the pod stays Pending. */
        String ending() {
            return canGrow() ? "unless an autoscaler adds a node that fits it" + autoscalerDoubt() : "forever.";
        }

        /**
         * Returns {@code ", which could not be checked."}, the end of a sentence that says that an autoscaler could add
         * a node. Contains the reason if it is unknown whether there is an autoscaler.
         */
        String autoscalerDoubt() {
            return grows.fold(
                    yes -> ", which could not be checked.",
                    unknown -> ", which could not be checked: " + UnknownFindings.sentence(unknown));
        }

        Finding finding(CheckInfo info, Subject subject, String detail) {
            return grows.fold(
                    yes -> yes ? Finding.warn(info, subject, detail) : Finding.fail(info, subject, detail),
                    unknown -> UnknownFindings.withMissingRight(unknown, Finding.unknown(info, subject, detail)));
        }
    }

    private final Obstacle obstacle;

    Unschedulable(CheckInfo info, Obstacle obstacle) {
        super(info, WorkflowPod::all);
        this.obstacle = obstacle;
    }

    abstract Finding check(StuckPod stuck);

    /** Returns the cause that the finding reports. */
    CauseKind cause(StuckPod stuck) {
        return obstacle;
    }

    @Override
    protected List<Finding> check(Facts facts, WorkflowPod item) {
        return Nodes.all(facts)
                .fold(
                        nodes -> unschedulable(facts, item.workflow(), item.pod(), nodes)
                                .filter(stuck -> stuck.obstacle() == obstacle)
                                .map(stuck -> check(stuck).cause(cause(stuck)).evidence(stuck.evidence())),
                        unknown -> Optional.of(UnknownFindings.finding(
                                info(),
                                Places.workflow(item.workflow(), ""),
                                "whether a node takes the pods",
                                unknown)))
                .stream()
                .toList();
    }

    private static Optional<StuckPod> unschedulable(
            Facts facts, WorkflowFacts workflow, ArgoPod pod, List<ObjectNode> nodes) {
        if (!NodeFit.fitsNoNode(pod.spec(), nodes)) {
            return Optional.empty();
        }
        List<NodeFit> fits = NodeFit.of(pod.spec(), nodes);
        Fact<Boolean> grows =
                requiresNamedNode(pod.spec()) ? Fact.known(false) : AddedNodes.canDiffer(nodes, facts.cluster());
        return Optional.of(new StuckPod(facts, workflow, pod, fits, closestFit(fits), grows));
    }

    private static boolean requiresNamedNode(JsonNode spec) {
        JsonNode terms = NodeSelectors.required(spec);
        return spec.path("nodeSelector").has("kubernetes.io/hostname")
                || !terms.isEmpty()
                        && terms.valueStream()
                                .allMatch(term -> term.has("matchFields")
                                        || term.path("matchExpressions")
                                                .valueStream()
                                                .anyMatch(each ->
                                                        Json.text(each, "key").equals("kubernetes.io/hostname")
                                                                && Json.text(each, "operator")
                                                                        .equals("In")));
    }

    /**
     * Returns the node that is closest to accepting the pod: a worker before a control plane, then the node with the
     * fewest obstacles, then a node with a temporary taint, then the node whose first obstacle is the most common, then
     * the first by name.
     */
    private static NodeFit closestFit(List<NodeFit> fits) {
        Map<Obstacle, Long> common = new LinkedHashMap<>();
        fits.forEach(fit -> fit.obstacles().keySet().forEach(each -> common.merge(each, 1L, Long::sum)));
        return fits.stream()
                .min(Comparator.comparing(NodeFit::isControlPlane)
                        .thenComparing(fit -> fit.obstacles().size())
                        .thenComparing(fit -> !fit.isTemporary())
                        .thenComparing(fit -> -Objects.requireNonNull(
                                common.get(fit.obstacles().keySet().iterator().next())))
                        .thenComparing(NodeFit::name))
                .orElseThrow();
    }
}
