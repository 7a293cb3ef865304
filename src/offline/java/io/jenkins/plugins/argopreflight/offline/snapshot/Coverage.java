package io.jenkins.plugins.argopreflight.offline.snapshot;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of a cluster that a snapshot contains completely, so that an object that is absent there did not exist. A
 * kind that occurs in the snapshot and that {@code snapshot.yaml} does not mention is complete.
 */
final class Coverage {

    private final String folder;
    private final SnapshotInfo info;
    private final Set<String> occurring;

    /**
     * Creates the coverage of a snapshot.
     *
     * @param occurring the resources of its objects, as {@link Resource#qualified}
     */
    Coverage(String folder, SnapshotInfo info, Set<String> occurring) {
        this.folder = folder;
        this.info = info;
        this.occurring = Set.copyOf(occurring);
    }

    /** Returns the error if it is not known whether an absent object existed; empty if it is known that it did not. */
    Optional<ClusterException> gap(Resource resource, String namespace, String name) {
        boolean known = complete().stream().anyMatch(each -> each.covers(resource, namespace, name));
        return known || isCompleteByDefault(resource) || isAutoscalerOfCompleteNodes(resource, namespace, name)
                ? Optional.empty()
                : Optional.of(error(resource, namespace, name));
    }

    /**
     * Returns the error if the snapshot possibly lacks objects of a namespace ("" for all); empty if it has all of
     * them.
     */
    Optional<ClusterException> gap(Resource resource, String namespace) {
        boolean known = complete().stream().anyMatch(each -> each.coversAll(resource, namespace));
        return known || isCompleteByDefault(resource) ? Optional.empty() : Optional.of(error(resource, namespace, ""));
    }

    private List<CompleteResources> complete() {
        return info.complete().orElse(List.of());
    }

    private boolean isCompleteByDefault(Resource resource) {
        String name = resource.qualified();
        return occurring.contains(name)
                && complete().stream().noneMatch(each -> each.resources().contains(name))
                && info.unread().stream().noneMatch(each -> each.resource().equals(name));
    }

    /**
     * Returns whether the request is for the autoscaler's status in a folder that a user wrote. The nodes in such a
     * folder are all nodes, so a missing status means that there is no autoscaler.
     */
    private boolean isAutoscalerOfCompleteNodes(Resource resource, String namespace, String name) {
        return info == SnapshotInfo.NONE
                && Need.CLUSTER_AUTOSCALER.is(resource, namespace, name)
                && isCompleteByDefault(Resource.NODES);
    }

    private ClusterException error(Resource resource, String namespace, String name) {
        boolean isAutoscalerStatus = Need.CLUSTER_AUTOSCALER.is(resource, namespace, name);
        return info.unread().stream()
                .filter(each -> each.concerns(resource, namespace, name))
                .findFirst()
                .map(UnreadResource::toException)
                .orElseGet(() -> new ClusterException(
                        Kind.NOT_CAPTURED,
                        resource.qualified() + (name.isEmpty() ? "" : " \"" + name + "\"")
                                + (!resource.namespaced()
                                        ? ""
                                        : namespace.isEmpty() ? " of all namespaces" : " in namespace " + namespace)
                                + ": not in the snapshot " + folder + "; take one that has it with argo-preflight"
                                + " snapshot" + (namespace.isEmpty() || isAutoscalerStatus ? "" : " -n " + namespace)));
    }
}
