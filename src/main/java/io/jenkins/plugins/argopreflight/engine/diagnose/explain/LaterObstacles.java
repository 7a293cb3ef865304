package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ObservedState;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.SymptomTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The causes that would stop the same pods later. They exist only for pods whose main container has not started. */
final class LaterObstacles {

    private final ObservedState observed;
    private final PreflightFindings findings;
    private final CauseBuilder builder;

    LaterObstacles(ObservedState observed, PreflightFindings findings, CauseBuilder builder) {
        this.observed = observed;
        this.findings = findings;
        this.builder = builder;
    }

    List<IdentifiedCause> find(List<Suspect> failed, List<Suspect> unfinished) {
        List<Suspect> notStarted = Stream.concat(failed.stream(), unfinished.stream())
                .filter(suspect -> suspect.node().filter(NodeState::isLeaf).isPresent() && !hasStarted(suspect))
                .toList();
        Map<String, Suspect> pods = new LinkedHashMap<>();
        notStarted.forEach(suspect -> suspect.podNames(observed.name()).forEach(pod -> pods.put(pod, suspect)));
        if (pods.isEmpty()) {
            return List.of();
        }
        return PreflightFindings.laterFailures(findings.ofWorkflow(), List.copyOf(pods.keySet())).stream()
                .filter(finding -> isStillToCome(finding, pods))
                .map(finding -> builder.laterCause(finding, notStarted.get(0)))
                .toList();
    }

    private static boolean hasStarted(Suspect suspect) {
        return suspect.pod()
                .flatMap(pod -> pod.container("main"))
                .filter(main -> main.running() || main.terminated().isPresent())
                .isPresent();
    }

    /** Returns whether the finding can still have an effect. A finding of admission cannot for an existing pod. */
    private static boolean isStillToCome(Finding finding, Map<String, Suspect> pods) {
        return !SymptomTable.get().isOfAdmission(finding.check())
                || pods.entrySet().stream()
                        .anyMatch(pod -> pod.getValue().pod().isEmpty()
                                && PreflightFindings.concerns(finding, List.of(pod.getKey())));
    }
}
