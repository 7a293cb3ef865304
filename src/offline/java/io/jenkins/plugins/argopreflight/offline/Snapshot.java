package io.jenkins.plugins.argopreflight.offline;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.offline.capture.Capture;
import io.jenkins.plugins.argopreflight.offline.capture.DiagnosisContent;
import io.jenkins.plugins.argopreflight.offline.capture.SnapshotWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The capture of a cluster's objects that checks read, without passwords, so that workflows can be checked without the
 * cluster.
 */
public final class Snapshot {

    /** The default number of concurrent requests. */
    public static final int CONCURRENCY = 16;

    private final ClusterGateway cluster;
    private final int concurrency;

    public Snapshot(ClusterGateway cluster, int concurrency) {
        this.cluster = cluster;
        this.concurrency = concurrency;
    }

    /**
     * The result of writing a snapshot.
     *
     * @param objects the number of objects
     * @param unseen the facts that could not be read
     */
    public record Written(int objects, List<Unavailable> unseen, int requests) {

        /** Returns the rights that are missing for a complete snapshot. */
        public List<Right> missingRights() {
            return unseen.stream()
                    .map(Unavailable::missingRight)
                    .flatMap(Optional::stream)
                    .distinct()
                    .toList();
        }
    }

    /**
     * Writes a snapshot to a new folder.
     *
     * @param namespaces the namespaces of workflows
     * @param nodeCredentials patterns of images that the nodes pull with their own credentials
     * @throws io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotException if it cannot be written
     * @throws io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException if the cluster does not answer
     */
    public Written write(
            Collection<String> namespaces, String argoNamespace, List<String> nodeCredentials, Path folder) {
        return write(namespaces, argoNamespace, DiagnosisContent.NONE, nodeCredentials, folder);
    }

    /**
     * Writes a snapshot with the objects that a diagnosis reads.
     *
     * @param diagnosis the workflows to diagnose, and whether their logs are included
     */
    public Written write(
            Collection<String> namespaces,
            String argoNamespace,
            DiagnosisContent diagnosis,
            List<String> nodeCredentials,
            Path folder) {
        SnapshotWriter writer = new SnapshotWriter(folder);
        writer.check();
        Capture capture = Capture.of(cluster, namespaces, argoNamespace, diagnosis, nodeCredentials, concurrency);
        writer.write(capture);
        List<Unavailable> unseen = capture.info().unread().stream()
                .map(each -> Unavailable.requested(
                        each.resource()
                                + (each.name().isEmpty() ? "" : " \"" + each.name() + "\"")
                                + (each.namespace().isEmpty() ? "" : " in namespace " + each.namespace()),
                        each.reason(),
                        each.missingRight()))
                .toList();
        int objects = capture.objects().values().stream().mapToInt(List::size).sum();
        return new Written(objects, unseen, capture.requests());
    }
}
