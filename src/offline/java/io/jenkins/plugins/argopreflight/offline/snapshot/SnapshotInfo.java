package io.jenkins.plugins.argopreflight.offline.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The content of {@code snapshot.yaml}: facts about the cluster besides its objects.
 *
 * @param kubernetes the API server's gitVersion; "" if it is not known
 * @param captured the time of the capture; empty if it is not known
 * @param argo the controller; empty if nothing is known about it
 * @param identity the identity that submits workflows; empty if it is not known
 * @param nodeCredentials patterns of images that the nodes pull with their own credentials
 * @param complete the resources that were read completely; empty without {@code snapshot.yaml}, where every kind that
 *     occurs is complete
 * @param unread the objects that could not be read, with the reason
 */
public record SnapshotInfo(
        String kubernetes,
        Optional<Instant> captured,
        Optional<ArgoInstallation> argo,
        Optional<Identity> identity,
        List<String> nodeCredentials,
        Optional<List<CompleteResources>> complete,
        List<UnreadResource> unread) {

    /** The information about a folder without {@code snapshot.yaml}. */
    public static final SnapshotInfo NONE = new SnapshotInfo(
            "", Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty(), List.of());

    public SnapshotInfo {
        nodeCredentials = List.copyOf(nodeCredentials);
        unread = List.copyOf(unread);
    }

    /** Returns the content of {@code snapshot.yaml}. */
    public ObjectNode toJson() {
        return InfoJson.of(this);
    }
}
