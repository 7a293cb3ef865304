package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ObservedState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The resource templates that wait, or waited until a deadline. Most wait for an object that works. A cause is reported
 * if a finding of the preflight on the object, its pods or the condition shows that the wait cannot end.
 */
final class ResourceWaits {

    private static final String ENTRY = "resource-waits";
    private static final String CONDITION = "resource-condition";

    private final ObservedState observed;
    private final PreflightFindings findings;
    private final Templates templates;

    ResourceWaits(ObservedState observed, PreflightFindings findings, Templates templates) {
        this.observed = observed;
        this.findings = findings;
        this.templates = templates;
    }

    /**
     * Returns the causes for these nodes. The preflight runs only if one of them has a resource template that waited.
     */
    List<IdentifiedCause> causes(List<Suspect> suspects, CauseBuilder builder) {
        return suspects.stream()
                .filter(suspect -> suspect.node().filter(templates::isResource).isPresent())
                .flatMap(suspect -> cause(suspect, builder).stream())
                .toList();
    }

    private Optional<IdentifiedCause> cause(Suspect suspect, CauseBuilder builder) {
        NodeState node = suspect.node().orElseThrow();
        Optional<PodState> pod = suspect.pod().filter(ResourceWaits::isWaiting);
        return pod.isEmpty()
                ? Optional.empty()
                : finding(suspect.podNames(observed.name()))
                        .map(finding ->
                                builder.causeFromFinding(suspect, List.of(evidence(pod.get(), node)), ENTRY, finding));
    }

    private Evidence evidence(PodState pod, NodeState node) {
        return Texts.evidence(
                "Pod " + observed.namespace() + "/" + pod.name(),
                "status.phase",
                pod.phase() + ", for node " + node.displayName() + ", which waits for the object that it created",
                Optional.empty());
    }

    /**
     * Returns whether the pod waits, or waited until a deadline: argoexec then reports that its context was cancelled.
     */
    private static boolean isWaiting(PodState pod) {
        return pod.container("main")
                .filter(main -> main.running()
                        || main.terminated()
                                .filter(end -> end.message().contains("context canceled"))
                                .isPresent())
                .isPresent();
    }

    private Optional<Finding> finding(List<String> pods) {
        Set<String> podsOfCreated =
                findings.ofWorkflow().facts().map(ResourceWaits::podsOfCreated).orElse(Set.of());
        return findings.ofWorkflow().findings().stream()
                .filter(finding -> finding.outcome() == Outcome.FAIL && finding.severity() == Severity.ERROR)
                .filter(finding -> finding.check().equals(CONDITION)
                        ? PreflightFindings.concerns(finding, pods)
                        : finding.pods().stream().anyMatch(podsOfCreated::contains))
                .findFirst();
    }

    /** Returns the names of the pods of objects that the workflow creates. */
    private static Set<String> podsOfCreated(Facts facts) {
        return facts.workflows().stream()
                .filter(workflow -> workflow.creator().isPresent())
                .flatMap(workflow -> workflow.pods().stream())
                .map(ArgoPod::name)
                .collect(Collectors.toSet());
    }
}
