package io.jenkins.plugins.argopreflight.offline;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.offline.capture.AfterFailure;
import io.jenkins.plugins.argopreflight.offline.capture.Capture;
import io.jenkins.plugins.argopreflight.offline.capture.SnapshotWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Captures what a check looks at, passwords removed, so that it can be judged without the cluster. */
public final class Snapshot {

    /** How many requests run at the same time, unless said otherwise. */
    public static final int CONCURRENCY = 16;

    private final ClusterGateway cluster;
    private final int concurrency;

    public Snapshot(ClusterGateway cluster, int concurrency) {
        this.cluster = cluster;
        this.concurrency = concurrency;
    }

    /**
     * What was written.
     *
     * @param objects how many
     * @param unseen what could not be read
     */
    public record Written(int objects, List<Unavailable> unseen, int requests) {

        /** The rights that would make it whole. */
        public List<Right> missingRights() {
            return unseen.stream()
                    .map(Unavailable::missingRight)
                    .flatMap(Optional::stream)
                    .distinct()
                    .toList();
        }
    }

    /**
     * Writes a new folder.
     *
     * @param namespaces where workflows run
     * @param nodeCredentials patterns of images that the nodes pull with credentials of their own
     * @throws io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotException when it cannot be written
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.ClusterException when the cluster does not answer
     */
    public Written write(
            Collection<String> namespaces, String argoNamespace, List<String> nodeCredentials, Path folder) {
        return write(namespaces, argoNamespace, AfterFailure.NONE, nodeCredentials, folder);
    }

    /**
     * The same, with what a diagnosis looks at.
     *
     * @param after which workflows, and whether with logs
     */
    public Written write(
            Collection<String> namespaces,
            String argoNamespace,
            AfterFailure after,
            List<String> nodeCredentials,
            Path folder) {
        try (Budget.Scope run = Budget.ensure()) {
            return capture(namespaces, argoNamespace, after, nodeCredentials, folder);
        }
    }

    private Written capture(
            Collection<String> namespaces,
            String argoNamespace,
            AfterFailure after,
            List<String> nodeCredentials,
            Path folder) {
        SnapshotWriter writer = new SnapshotWriter(folder);
        writer.check();
        Capture capture = Capture.of(cluster, namespaces, argoNamespace, after, nodeCredentials, concurrency);
        writer.write(capture);
        List<Unavailable> unseen = capture.info().unread().stream()
                .map(each -> new Unavailable(
                        each.resource()
                                + (each.name().isEmpty() ? "" : " \"" + each.name() + "\"")
                                + (each.namespace().isEmpty() ? "" : " in namespace " + each.namespace()),
                        each.reason(),
                        each.missingRight(),
                        true))
                .toList();
        int objects = capture.objects().values().stream().mapToInt(List::size).sum();
        return new Written(objects, unseen, capture.requests());
    }
}
