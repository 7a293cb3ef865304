package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.state.ContainerState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.EventState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.Observed;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What keeps a pod that runs from going on. */
final class RunningPod {

    private final Observed observed;
    private final Templates templates;

    RunningPod(Observed observed, Templates templates) {
        this.observed = observed;
        this.templates = templates;
    }

    /** A container that still runs a minute after main has ended, or ran so long until a deadline. */
    Optional<Hangs.Hang> sidecar(Suspect suspect, NodeState node, PodState pod) {
        Optional<ContainerState> main = pod.container("main").filter(ContainerState::isEnded);
        Optional<Instant> end =
                main.flatMap(ended -> ended.terminated().orElseThrow().finished());
        if (end.isEmpty() || !observed.isOlder(end, Hangs.SHORT)) {
            return Optional.empty();
        }
        return pod.containers().stream()
                .filter(each -> each.isSidecar() && isLate(each, end.get()))
                .findFirst()
                .map(each -> Hangs.hang(
                        suspect,
                        templates.knows(node, each.name()) ? "sidecar-does-not-end" : "injected-sidecar",
                        Hangs.evidence(name(pod), each.path(), "runs on, and main has ended"),
                        Map.of("pod", pod.name(), "container", each.name())));
    }

    private static boolean isLate(ContainerState container, Instant end) {
        return container.running()
                || container
                        .terminated()
                        .flatMap(ContainerState.Terminated::finished)
                        .filter(finished -> finished.isAfter(end.plus(Hangs.SHORT)))
                        .isPresent();
    }

    /** An agent that runs and does not report what its http and plugin templates ended with. */
    Optional<Hangs.Hang> agent(Suspect suspect, NodeState node, PodState pod) {
        Hangs.Hang silent = Hangs.hang(
                suspect,
                "agent-silent",
                Hangs.evidence(name(pod), "status.phase", pod.phase() + ", and node " + node.displayName() + " waits"),
                Map.of("pod", pod.name(), "node-name", node.displayName()));
        return Optional.of(silent.ifExplained())
                .filter(hang -> node.isUnfinished() && pod.phase().equals("Running"));
    }

    /** A daemon whose readiness probe fails: in a snapshot, of which the age is not known, where the preflight finds why. */
    Optional<Hangs.Hang> daemon(Suspect suspect, NodeState node, PodState pod) {
        Optional<EventState> unhealthy = observed.eventsOf("Pod", pod.name()).stream()
                .filter(event ->
                        event.reason().equals("Unhealthy") && event.message().startsWith("Readiness"))
                .reduce((first, last) -> last);
        boolean waits = node.phase().equals("Pending")
                && pod.container("main").filter(ContainerState::running).isPresent();
        boolean late = observed.isOlder(pod.created(), Hangs.SHORT);
        return unhealthy
                .filter(event -> waits && (late || observed.captured()))
                .map(event -> Hangs.hang(
                        suspect,
                        "daemon-not-ready",
                        Hangs.evidence(name(pod), "event Unhealthy", event.message()),
                        Map.of("pod", pod.name(), "container", "main", "reason", event.message())))
                .map(hang -> late ? hang : hang.ifExplained());
    }

    private String name(PodState pod) {
        return "Pod " + observed.namespace() + "/" + pod.name();
    }
}
