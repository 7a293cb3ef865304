package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ContainerState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.Observed;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Resource templates that run on and on: most wait for an object that works, and some for what it never has. */
final class ResourceWaits {

    private static final String ENTRY = "resource-waits";
    private static final List<String> CHECKS = List.of("resource-condition");

    private final Observed observed;
    private final Judged judged;
    private final Templates templates;

    ResourceWaits(Observed observed, Judged judged, Templates templates) {
        this.observed = observed;
        this.judged = judged;
        this.templates = templates;
    }

    /** Those of these nodes; the preflight is asked only where one runs a resource template. */
    List<Hangs.Hang> hangs(List<Suspect> unfinished) {
        return unfinished.stream()
                .filter(suspect -> suspect.node().filter(templates::isResource).isPresent())
                .flatMap(suspect -> hang(suspect).stream())
                .toList();
    }

    private Optional<Hangs.Hang> hang(Suspect suspect) {
        NodeState node = suspect.node().orElseThrow();
        Optional<PodState> pod = suspect.pod()
                .filter(each ->
                        each.container("main").filter(ContainerState::running).isPresent());
        List<String> names = suspect.podNames(observed.name());
        return pod.isPresent()
                        && Judged.find(judged.ofWorkflow(), CHECKS, names, "")
                                .filter(finding -> finding.outcome() == Outcome.FAIL)
                                .isPresent()
                ? Optional.of(Hangs.hang(
                        suspect,
                        ENTRY,
                        Texts.evidence(
                                "Pod " + observed.namespace() + "/" + pod.get().name(),
                                "status.containerStatuses[main].state",
                                "running, for node " + node.displayName(),
                                Optional.empty()),
                        Map.of("pod", pod.get().name())))
                : Optional.empty();
    }
}
