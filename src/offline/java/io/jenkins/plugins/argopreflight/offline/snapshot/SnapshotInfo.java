package io.jenkins.plugins.argopreflight.offline.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What {@code snapshot.yaml} says of the cluster besides its objects.
 *
 * @param kubernetes the API server's gitVersion, "" when it is not reported
 * @param captured when it was captured, empty when that is not known
 * @param argo its controller, empty when nothing is known about it
 * @param identity who will submit workflows there, empty when it is not reported
 * @param nodeCredentials patterns of images that the nodes pull with credentials of their own
 * @param complete what was read completely; empty when there is no {@code snapshot.yaml}: then every kind that occurs is
 * @param unread what could not be read, and why
 */
public record SnapshotInfo(
        String kubernetes,
        Optional<Instant> captured,
        Optional<ArgoInstallation> argo,
        Optional<Identity> identity,
        List<String> nodeCredentials,
        Optional<List<Complete>> complete,
        List<Unread> unread) {

    /** What a folder without {@code snapshot.yaml} says. */
    public static final SnapshotInfo NONE = new SnapshotInfo(
            "", Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty(), List.of());

    public SnapshotInfo {
        nodeCredentials = List.copyOf(nodeCredentials);
        unread = List.copyOf(unread);
    }

    /** The content of {@code snapshot.yaml}. */
    public ObjectNode toJson() {
        return InfoJson.of(this);
    }
}
