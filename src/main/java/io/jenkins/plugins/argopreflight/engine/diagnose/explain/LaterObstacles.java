package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.Observed;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.SymptomTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What would stop the same pods next: only for those that have not started main. */
final class LaterObstacles {

    private final Observed observed;
    private final Judged judged;
    private final CauseBuilder builder;

    LaterObstacles(Observed observed, Judged judged, CauseBuilder builder) {
        this.observed = observed;
        this.judged = judged;
        this.builder = builder;
    }

    List<Cause> of(List<Suspect> failed, List<Suspect> unfinished) {
        List<Suspect> early = Stream.concat(failed.stream(), unfinished.stream())
                .filter(suspect -> suspect.node().filter(NodeState::isLeaf).isPresent() && !hasStarted(suspect))
                .toList();
        Map<String, Suspect> pods = new LinkedHashMap<>();
        early.forEach(suspect -> suspect.podNames(observed.name()).forEach(pod -> pods.put(pod, suspect)));
        if (pods.isEmpty()) {
            return List.of();
        }
        return Judged.later(judged.ofWorkflow(), List.copyOf(pods.keySet())).stream()
                .filter(finding -> isStillToCome(finding, pods))
                .map(finding -> builder.later(finding, early.get(0)))
                .toList();
    }

    private static boolean hasStarted(Suspect suspect) {
        return suspect.pod()
                .flatMap(pod -> pod.container("main"))
                .filter(main -> main.running() || main.terminated().isPresent())
                .isPresent();
    }

    /** The API server has already admitted a pod that exists. */
    private static boolean isStillToCome(Finding finding, Map<String, Suspect> pods) {
        return !SymptomTable.get().isOfAdmission(finding.check())
                || pods.entrySet().stream()
                        .anyMatch(pod ->
                                pod.getValue().pod().isEmpty() && Judged.concerns(finding, List.of(pod.getKey())));
    }
}
