package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.Observed;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Resource templates that wait, or waited until a deadline: most for an object that works, and some for what never comes, which
 * the preflight knows of the object, its pods and the condition.
 */
final class ResourceWaits {

    private static final String ENTRY = "resource-waits";
    private static final String CONDITION = "resource-condition";

    private final Observed observed;
    private final Judged judged;
    private final Templates templates;

    ResourceWaits(Observed observed, Judged judged, Templates templates) {
        this.observed = observed;
        this.judged = judged;
        this.templates = templates;
    }

    /** Of these nodes; the preflight is asked only where one runs a resource template that waited. */
    List<Cause> causes(List<Suspect> suspects, CauseBuilder builder) {
        return suspects.stream()
                .filter(suspect -> suspect.node().filter(templates::isResource).isPresent())
                .flatMap(suspect -> cause(suspect, builder).stream())
                .toList();
    }

    private Optional<Cause> cause(Suspect suspect, CauseBuilder builder) {
        NodeState node = suspect.node().orElseThrow();
        Optional<PodState> pod = suspect.pod().filter(ResourceWaits::isWaiting);
        return pod.isEmpty()
                ? Optional.empty()
                : finding(suspect.podNames(observed.name()))
                        .map(finding -> builder.explained(suspect, List.of(evidence(pod.get(), node)), ENTRY, finding));
    }

    private Evidence evidence(PodState pod, NodeState node) {
        return Texts.evidence(
                "Pod " + observed.namespace() + "/" + pod.name(),
                "status.phase",
                pod.phase() + ", for node " + node.displayName() + ", which waits for the object that it created",
                Optional.empty());
    }

    /** Also where a deadline ended it: argoexec then says that its context was cancelled. */
    private static boolean isWaiting(PodState pod) {
        return pod.container("main")
                .filter(main -> main.running()
                        || main.terminated()
                                .filter(end -> end.message().contains("context canceled"))
                                .isPresent())
                .isPresent();
    }

    private Optional<Finding> finding(List<String> pods) {
        Set<String> created =
                judged.ofWorkflow().facts().map(ResourceWaits::created).orElse(Set.of());
        return judged.ofWorkflow().findings().stream()
                .filter(finding -> finding.outcome() == Outcome.FAIL && finding.severity() == Severity.ERROR)
                .filter(finding -> finding.check().equals(CONDITION)
                        ? Judged.concerns(finding, pods)
                        : finding.pods().stream().anyMatch(created::contains))
                .findFirst();
    }

    /** The pods of objects that the workflow creates. */
    private static Set<String> created(Facts facts) {
        return facts.workflows().stream()
                .filter(workflow -> workflow.creator().isPresent())
                .flatMap(workflow -> workflow.pods().stream())
                .map(ArgoPod::name)
                .collect(Collectors.toSet());
    }
}
