package io.jenkins.plugins.argopreflight.engine.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity.ServiceAccount;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The only way to a cluster: plain Kubernetes objects as JSON, one method a verb. A live cluster and a snapshot both
 * answer it. Access reviews are objects too: they are made with {@link #create}. The objects that it returns are frozen,
 * since threads and runs share them; those that it gets stay as they are.
 *
 * <p>Every method throws {@link ClusterException}, whose kind says what happened.
 */
public interface ClusterGateway extends AutoCloseable {

    /** Whether a write is carried out, or only judged by the server ({@code dryRun=All}). */
    enum WriteMode {
        REAL,
        DRY_RUN
    }

    /** Where this is, for messages: the API server's URL, or the snapshot's folder. */
    String server();

    /** The proxy as host and port that requests go through, and that resolves the server's name; empty for none. */
    default Optional<String> proxy() {
        return Optional.empty();
    }

    /** The API server's gitVersion, such as {@code v1.34.4}; any authenticated user can ask for it. */
    String version();

    /** What is given about Argo's controller apart from the cluster's objects; only a snapshot does. */
    default Optional<ArgoInstallation> argo() {
        return Optional.empty();
    }

    /** Patterns of images that the nodes pull with credentials of their own, where a snapshot says so. */
    default List<String> nodeCredentials() {
        return List.of();
    }

    /** The time at which everything is as it is read: now, or when a snapshot was captured; empty when that is not known. */
    default Optional<Instant> time() {
        return Optional.of(Instant.now());
    }

    /**
     * The same cluster as another user or program sees it (kubectl's {@code --as}); empty where that cannot be. Whether it is
     * allowed shows with the first request. It needs no close of its own.
     */
    default Optional<ClusterGateway> as(Identity who) {
        return Optional.empty();
    }

    /** What an administrator allows on this cluster; empty for everything. */
    default Optional<AccessLimits> limits() {
        return Optional.empty();
    }

    /** The same cluster for what takes a live one, as a new hold that the caller closes; empty for a snapshot. */
    default Optional<LiveCluster> live() {
        return Optional.empty();
    }

    /** One object, or empty when there is none of that name. */
    Optional<ObjectNode> get(Resource resource, String namespace, String name);

    /**
     * All objects, whatever number of pages.
     *
     * @param namespace "" for all namespaces
     * @param labelSelector "" for any
     * @param fieldSelector "" for any
     */
    List<ObjectNode> list(Resource resource, String namespace, String labelSelector, String fieldSelector);

    /**
     * The same objects one after the other, so that not all of them are in memory at the same time. An object can come
     * twice, when the list has to be read again from its beginning.
     */
    default void each(
            Resource resource,
            String namespace,
            String labelSelector,
            String fieldSelector,
            Consumer<ObjectNode> consumer) {
        list(resource, namespace, labelSelector, fieldSelector).forEach(consumer);
    }

    /**
     * The end of a container's log.
     *
     * @param container "" for the only one
     * @param lines how many at most
     */
    default List<String> log(String namespace, String pod, String container, int lines) {
        throw new ClusterException(ClusterException.Kind.NOT_CAPTURED, "logs are not read from " + server());
    }

    /** The end of the controller's log, where it is captured apart from the cluster's objects; only a snapshot does. */
    default Optional<List<String>> controllerLog(int lines) {
        return Optional.empty();
    }

    /** Makes an object in the namespace of its metadata; returns it as the server stored it. */
    ObjectNode create(Resource resource, ObjectNode object, WriteMode mode);

    /** Replaces an object (PUT). With metadata.resourceVersion a change since is a CONFLICT. */
    ObjectNode replace(Resource resource, ObjectNode object, WriteMode mode);

    /** Deletes an object if it still has this uid and resourceVersion; either can be "" for any. */
    void delete(Resource resource, String namespace, String name, String uid, String resourceVersion, WriteMode mode);

    /**
     * Requests a token of a ServiceAccount that is valid as long as a Secret in its namespace exists, and no longer than
     * the server grants.
     */
    default IssuedTokens.Issued token(ServiceAccount account, Duration lifetime, String secret) {
        throw new ClusterException(ClusterException.Kind.NOT_CAPTURED, server() + " issues no tokens");
    }

    @Override
    void close();
}
