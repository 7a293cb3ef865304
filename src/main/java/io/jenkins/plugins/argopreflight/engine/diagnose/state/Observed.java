package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that was read about one workflow.
 *
 * @param workflow known to be there or gone, or Unknown
 * @param pods those that still exist
 * @param manifests of pods that do not go on, one for each kind of pod: by the pod's name
 * @param events of the workflow, its pods, ServiceAccounts, claims and of their creation
 * @param claims of the namespace
 * @param archive a sentence on what came from Argo Server, "" for nothing; Unknown when it could not be asked
 * @param now the time by which ages are judged; of a snapshot that does not say when it was captured, the latest time
 *     in it
 * @param captured whether it is such a snapshot: it was taken after something seemed wrong
 */
public record Observed(
        String namespace,
        String name,
        Fact<Optional<WorkflowState>> workflow,
        Fact<List<PodState>> pods,
        Map<String, ObjectNode> manifests,
        Fact<List<EventState>> events,
        Fact<List<ObjectNode>> nodes,
        Fact<List<ObjectNode>> quotas,
        Fact<List<ObjectNode>> claims,
        ControllerState controller,
        Fact<String> archive,
        Instant now,
        boolean captured) {

    public Optional<WorkflowState> state() {
        return workflow.ifKnown().flatMap(found -> found);
    }

    public List<PodState> allPods() {
        return pods.ifKnown().orElse(List.of());
    }

    public List<EventState> allEvents() {
        return events.ifKnown().orElse(List.of());
    }

    public List<EventState> eventsOf(String kind, String object) {
        return allEvents().stream()
                .filter(event -> event.kind().equals(kind) && event.name().equals(object))
                .toList();
    }

    /** The controller's Lease when no one renews it; of a snapshot no one knows. */
    public Optional<ControllerState.Lease> staleLease() {
        return controller.lease().ifKnown().flatMap(found -> found).filter(lease -> !captured && lease.isStale(now));
    }

    /** Whether so much time has passed since then, surely. */
    public boolean isOlder(Optional<Instant> since, Duration age) {
        return since.filter(time -> time.plus(age).isBefore(now)).isPresent();
    }
}
