package io.jenkins.plugins.argopreflight.offline.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import io.jenkins.plugins.argopreflight.offline.admission.PodAdmission;
import io.jenkins.plugins.argopreflight.offline.store.ObjectStore;
import io.jenkins.plugins.argopreflight.offline.store.Reviews;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A gateway to a cluster in a folder of YAML or JSON files. Absent objects that possibly existed are refused with
 * NOT_CAPTURED, or with FORBIDDEN if a right was missing. Access reviews are answered from the Roles and bindings in
 * the folder; nothing can be written. Safe for concurrent use.
 */
public final class SnapshotGateway implements ClusterGateway {

    private final Path folder;
    private final SnapshotFolder content;
    private final Coverage coverage;
    private final PodAdmission admission;
    private final Reviews reviews;

    private SnapshotGateway(Path folder, SnapshotFolder content, Fact<Identity> self, PodAdmission admission) {
        this.folder = folder;
        this.content = content;
        this.coverage = new Coverage(folder.toString(), content.info(), content.occurringResources());
        this.admission = admission;
        this.reviews = new Reviews(new SnapshotRights(content.store(), coverage, self));
    }

    /**
     * Reads a whole folder.
     *
     * @param admission the admission of pods; {@link PodAdmission#NONE} for none
     * @throws SnapshotException if the folder cannot be read; its message is one line, with file, line and column if a
     *     file is not valid
     */
    public static SnapshotGateway open(Path folder, PodAdmission admission) {
        SnapshotFolder content = SnapshotFolder.read(folder);
        Fact<Identity> self = content.info()
                .identity()
                .map(Fact::known)
                .orElseGet(() -> Fact.unknown("the snapshot " + folder
                        + " does not say who will submit: name identity: {user, groups} in its snapshot.yaml"));
        return new SnapshotGateway(folder, content, self, admission);
    }

    public static SnapshotGateway open(Path folder) {
        return open(folder, PodAdmission.NONE);
    }

    /** Returns the content of {@code snapshot.yaml}. */
    public SnapshotInfo info() {
        return content.info();
    }

    @Override
    public String server() {
        return folder.toString();
    }

    @Override
    public String version() {
        if (info().kubernetes().isEmpty()) {
            throw new ClusterException(
                    Kind.NOT_CAPTURED, "the snapshot " + folder + " does not say which Kubernetes it was");
        }
        return info().kubernetes();
    }

    @Override
    public Optional<ArgoInstallation> argo() {
        return info().argo();
    }

    /** Returns the patterns of images in {@code snapshot.yaml} that the nodes pull with their own credentials. */
    @Override
    public List<String> nodeCredentials() {
        return info().nodeCredentials();
    }

    @Override
    public Optional<ClusterGateway> as(Identity identity) {
        return Optional.of(new SnapshotGateway(folder, content, Fact.known(identity), admission));
    }

    @Override
    public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        Optional<ObjectNode> found = store().get(resource, namespace, name);
        if (found.isEmpty()) {
            refuse(coverage.gap(resource, namespace, name));
        }
        return found;
    }

    @Override
    public List<ObjectNode> list(Resource resource, String namespace, String labelSelector, String fieldSelector) {
        refuse(coverage.gap(resource, namespace));
        return store().list(resource, namespace, labelSelector, fieldSelector);
    }

    @Override
    public void each(
            Resource resource,
            String namespace,
            String labelSelector,
            String fieldSelector,
            Consumer<ObjectNode> consumer) {
        refuse(coverage.gap(resource, namespace));
        store().stream(resource, namespace, labelSelector, fieldSelector).forEach(consumer);
    }

    /** Returns the path of a container's log, in the snapshot's folder: {@code logs/NAMESPACE/POD.CONTAINER.log}. */
    public static String logFile(String namespace, String pod, String container) {
        return "logs/" + FileName.of(namespace) + "/" + logName(pod, container);
    }

    private static String logName(String pod, String container) {
        return FileName.of(container.isEmpty() ? pod : pod + "." + container) + ".log";
    }

    /**
     * Reads the file of {@link #logFile}, or {@code logs/POD.CONTAINER.log} for any namespace if that file does not
     * exist.
     */
    @Override
    public List<String> log(String namespace, String pod, String container, int lines) {
        return content.log(logFile(namespace, pod, container), lines)
                .or(() -> content.log("logs/" + logName(pod, container), lines))
                .orElseThrow(() -> new ClusterException(
                        Kind.NOT_CAPTURED,
                        "the log of container " + container + " of pod " + pod + " is not in the snapshot " + folder));
    }

    /** Reads the controller's log in {@code controller.log}. */
    @Override
    public Optional<List<String>> controllerLog(int lines) {
        return content.log("controller.log", lines);
    }

    /** Returns the time of the capture; empty if it is not in {@code snapshot.yaml}. */
    @Override
    public Optional<Instant> time() {
        return info().captured();
    }

    @Override
    public ObjectNode create(Resource resource, ObjectNode object, WriteMode mode) {
        if (Reviews.isReview(resource)) {
            return reviews.answer(object);
        }
        if (!resource.equals(Resource.PODS) || mode == WriteMode.REAL) {
            throw readOnly(mode);
        }
        ObjectNode pod = object.deepCopy();
        admission.admit(pod, this);
        return FrozenJson.of(pod);
    }

    @Override
    public ObjectNode replace(Resource resource, ObjectNode object, WriteMode mode) {
        throw readOnly(mode);
    }

    @Override
    public void delete(
            Resource resource, String namespace, String name, String uid, String resourceVersion, WriteMode mode) {
        throw readOnly(mode);
    }

    @Override
    public void close() {
        // There is nothing to close.
    }

    private ObjectStore store() {
        return content.store();
    }

    private static void refuse(Optional<ClusterException> gap) {
        if (gap.isPresent()) {
            throw gap.get();
        }
    }

    /** Returns the error for a write. A command without {@code --cluster} writes to the cluster of the kubeconfig. */
    private ClusterException readOnly(WriteMode mode) {
        return mode == WriteMode.REAL
                ? new ClusterException(
                        Kind.INVALID, "the snapshot " + folder + " cannot be changed: leave out --cluster")
                : new ClusterException(Kind.NOT_CAPTURED, "a snapshot has no API server that could check a change");
    }
}
