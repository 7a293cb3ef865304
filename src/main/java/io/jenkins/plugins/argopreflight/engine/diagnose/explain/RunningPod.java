package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.state.ContainerState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.EventState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ObservedState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The reasons why a running pod does not continue. */
final class RunningPod {

    private final ObservedState observed;
    private final Templates templates;

    RunningPod(ObservedState observed, Templates templates) {
        this.observed = observed;
        this.templates = templates;
    }

    /** Returns the sidecar that still runs, or still ran, a minute after the main container ended. */
    Optional<HangDetector.Hang> sidecar(Suspect suspect, NodeState node, PodState pod) {
        Optional<ContainerState> main = pod.container("main").filter(ContainerState::isEnded);
        Optional<Instant> end =
                main.flatMap(ended -> ended.terminated().orElseThrow().finished());
        if (end.isEmpty() || !observed.isOlder(end, HangDetector.SHORT_TIME)) {
            return Optional.empty();
        }
        return pod.containers().stream()
                .filter(each -> each.isSidecar() && isLate(each, end.get()))
                .findFirst()
                .map(each -> HangDetector.hang(
                        suspect,
                        templates.definesContainer(node, each.name()) ? "sidecar-does-not-end" : "injected-sidecar",
                        HangDetector.evidence(name(pod), each.path(), "runs on, and main has ended"),
                        Map.of("pod", pod.name(), "container", each.name())));
    }

    private static boolean isLate(ContainerState container, Instant end) {
        return container.running()
                || container
                        .terminated()
                        .flatMap(ContainerState.Terminated::finished)
                        .filter(finished -> finished.isAfter(end.plus(HangDetector.SHORT_TIME)))
                        .isPresent();
    }

    /**
     * Returns the agent that runs and does not report the results of its http and plugin templates, if the preflight
     * found a reason.
     */
    Optional<HangDetector.Hang> agent(Suspect suspect, NodeState node, PodState pod) {
        HangDetector.Hang silent = HangDetector.hang(
                suspect,
                "agent-silent",
                HangDetector.evidence(
                        name(pod), "status.phase", pod.phase() + ", and node " + node.displayName() + " waits"),
                Map.of("pod", pod.name(), "node-name", node.displayName()));
        return Optional.of(silent.ifExplained())
                .filter(hang -> node.isUnfinished() && pod.phase().equals("Running"));
    }

    /**
     * Returns the daemon whose readiness probe fails. In a snapshot, whose time is not known, it is reported only if
     * the preflight found a reason.
     */
    Optional<HangDetector.Hang> daemon(Suspect suspect, NodeState node, PodState pod) {
        Optional<EventState> failedProbe = observed.eventsOf("Pod", pod.name()).stream()
                .filter(event ->
                        event.reason().equals("Unhealthy") && event.message().startsWith("Readiness"))
                .reduce((first, last) -> last);
        boolean isWaiting = node.phase().equals("Pending")
                && pod.container("main").filter(ContainerState::running).isPresent();
        boolean isOld = observed.isOlder(pod.created(), HangDetector.SHORT_TIME);
        return failedProbe
                .filter(event -> isWaiting && (isOld || observed.captured()))
                .map(event -> HangDetector.hang(
                        suspect,
                        "daemon-not-ready",
                        HangDetector.evidence(name(pod), "event Unhealthy", event.message()),
                        Map.of("pod", pod.name(), "container", "main", "reason", event.message())))
                .map(hang -> isOld ? hang : hang.ifExplained());
    }

    private String name(PodState pod) {
        return "Pod " + observed.namespace() + "/" + pod.name();
    }
}
