package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a workflow and of the objects around it, as it was read.
 *
 * @param workflow the workflow, known to exist or to be absent, or Unknown
 * @param pods the pods that still exist
 * @param manifests the manifests of pods that did not succeed, by the name of the pod; one for each group of equal pods
 * @param events the events of the workflow, its pods, ServiceAccounts and claims, and of their creation
 * @param nodes the nodes of the cluster
 * @param quotas the quotas of the namespace
 * @param claims the claims of the namespace
 * @param archiveNote a sentence on the parts that were read from Argo Server; {@code ""} for none; Unknown if it could not
 *     be asked
 * @param now the time from which ages are computed; for a snapshot without a time, the latest time in it
 * @param captured whether this is a snapshot without a time; it was taken after a problem was seen
 */
public record ObservedState(
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
        Fact<String> archiveNote,
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

    /** Returns the controller's Lease if it is not renewed; empty for a snapshot, whose time is not known. */
    public Optional<ControllerState.Lease> staleLease() {
        return controller.lease().ifKnown().flatMap(found -> found).filter(lease -> !captured && lease.isStale(now));
    }

    /** Returns whether the time is known to be longer ago than this age. */
    public boolean isOlder(Optional<Instant> since, Duration age) {
        return since.filter(time -> time.plus(age).isBefore(now)).isPresent();
    }
}
