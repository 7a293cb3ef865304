package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.DescribedCheck;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.Unsure;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.node.AddedNodes;
import io.jenkins.plugins.argopreflight.engine.collect.node.NodeFit;
import io.jenkins.plugins.argopreflight.engine.collect.node.NodeFit.Obstacle;
import io.jenkins.plugins.argopreflight.engine.collect.node.NodeSelectors;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.CauseKind;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A check for pods that no node takes: each describes the pods whose main obstacle is its own. */
abstract class Unschedulable extends DescribedCheck {

    /**
     * A pod that no node takes.
     *
     * @param nearest the node that comes nearest to taking it
     * @param grows whether an autoscaler could add a node that fits: none has a name that is known already
     */
    record Stuck(
            Facts facts,
            WorkflowFacts workflow,
            ArgoPod pod,
            List<NodeFit> nodes,
            NodeFit nearest,
            Fact<Boolean> grows) {

        Obstacle obstacle() {
            return nearest.obstacles().keySet().iterator().next();
        }

        /** What the scheduler will say, and each node's reasons. */
        List<EvidenceLine> evidence() {
            Map<String, Integer> counts = new LinkedHashMap<>();
            nodes.forEach(fit -> fit.obstacles().values().stream()
                    .limit(1)
                    .forEach(reason -> counts.merge(reason.replaceFirst(" \\{.*", ""), 1, Integer::sum)));
            List<EvidenceLine> lines = new ArrayList<>();
            List<String> parts = new ArrayList<>();
            counts.forEach((reason, count) -> parts.add(count + " " + reason));
            lines.add(EvidenceLine.words(
                    "0/" + nodes.size() + " nodes are available: " + String.join(", ", parts) + "."));
            nodes.stream().limit(10).forEach(fit -> lines.add(EvidenceLine.words(fit.toString())));
            if (nodes.size() > 10) {
                lines.add(EvidenceLine.words("and " + (nodes.size() - 10) + " nodes more"));
            }
            return lines;
        }

        String description() {
            return Places.template(pod);
        }

        /** Whether one could, as far as it is known. */
        boolean canGrow() {
            return grows.ifKnown().orElse(true);
        }

        /** How long the pod stays Pending, for the end of a sentence. */
        String ending() {
            return canGrow() ? "unless an autoscaler adds a node that fits it" + unchecked() : "forever.";
        }

        /** The end of a sentence about what an autoscaler would do; with the reason where it is not known whether there is one. */
        String unchecked() {
            return grows.fold(
                    yes -> ", which could not be checked.",
                    unknown -> ", which could not be checked" + Unsure.reason(unknown));
        }

        Finding finding(CheckInfo info, Subject subject, String detail) {
            return grows.fold(
                    yes -> yes ? Finding.warn(info, subject, detail) : Finding.fail(info, subject, detail),
                    unknown -> Unsure.because(unknown, Finding.unknown(info, subject, detail)));
        }
    }

    private final Obstacle obstacle;

    Unschedulable(String id, String summary, Obstacle obstacle) {
        super(new CheckInfo(id, summary, Severity.ERROR, Topic.CLUSTER)
                .needing(Need.NODES, Need.CLUSTER_AUTOSCALER)
                .also(Outcome.WARN)
                .ending(Ending.PENDING));
        this.obstacle = obstacle;
    }

    abstract Finding check(Stuck stuck);

    /** The cause that the finding reports. */
    CauseKind cause(Stuck stuck) {
        return obstacle;
    }

    /** Whether the pod asks for anything that such an obstacle could keep from it. */
    abstract boolean asks(ArgoPod pod);

    @Override
    public boolean applies(Facts facts) {
        return facts.pods().anyMatch(this::asks);
    }

    @Override
    public List<Finding> check(Facts facts) {
        Fact<List<ObjectNode>> nodes = Nodes.all(facts);
        List<Finding> findings = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            for (ArgoPod pod : workflow.pods()) {
                nodes.ifUnknown()
                        .filter(unknown -> asks(pod))
                        .ifPresent(unknown -> findings.add(Unsure.finding(
                                        info(), Places.workflow(workflow, ""), "whether a node takes the pods", unknown)
                                .on(pod)));
                nodes.ifKnown()
                        .flatMap(all -> stuck(facts, workflow, pod, all))
                        .filter(stuck -> stuck.obstacle() == obstacle)
                        .ifPresent(stuck -> findings.add(check(stuck)
                                .cause(cause(stuck))
                                .evidence(stuck.evidence())
                                .on(pod)));
            }
        }
        return findings;
    }

    private static Optional<Stuck> stuck(Facts facts, WorkflowFacts workflow, ArgoPod pod, List<ObjectNode> nodes) {
        if (!NodeFit.isNowhere(pod.spec(), nodes)) {
            return Optional.empty();
        }
        List<NodeFit> fits = NodeFit.of(pod.spec(), nodes);
        Fact<Boolean> grows =
                isOfANamedNode(pod.spec()) ? Fact.known(false) : AddedNodes.canDiffer(nodes, facts.cluster());
        return Optional.of(new Stuck(facts, workflow, pod, fits, nearest(fits), grows));
    }

    private static boolean isOfANamedNode(JsonNode spec) {
        JsonNode terms = NodeSelectors.required(spec);
        return spec.path("nodeSelector").has("kubernetes.io/hostname")
                || !terms.isEmpty()
                        && terms.valueStream()
                                .allMatch(term -> term.has("matchFields")
                                        || term.path("matchExpressions")
                                                .valueStream()
                                                .anyMatch(each -> each.path("key")
                                                                .asText("")
                                                                .equals("kubernetes.io/hostname")
                                                        && each.path("operator")
                                                                .asText("")
                                                                .equals("In")));
    }

    /**
     * Returns the node that comes nearest to taking the pod: no control plane where there is another node, then the one
     * with the fewest obstacles, then one whose only problem is its own and passes, then the one whose first obstacle most
     * nodes have, then by name.
     */
    private static NodeFit nearest(List<NodeFit> fits) {
        Map<Obstacle, Long> common = new LinkedHashMap<>();
        fits.forEach(fit -> fit.obstacles().keySet().forEach(each -> common.merge(each, 1L, Long::sum)));
        return fits.stream()
                .min(Comparator.comparing(NodeFit::isControlPlane)
                        .thenComparing(fit -> fit.obstacles().size())
                        .thenComparing(fit -> !fit.isPassing())
                        .thenComparing(fit -> -Objects.requireNonNull(
                                common.get(fit.obstacles().keySet().iterator().next())))
                        .thenComparing(NodeFit::name))
                .orElseThrow();
    }
}
