package io.jenkins.plugins.argopreflight.engine.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity.ServiceAccount;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The interface of all requests to a cluster: plain Kubernetes objects as JSON, with one method for each verb. A live
 * cluster and a snapshot both implement it. Access reviews are objects, too: they are sent with {@link #create}. The
 * objects that a gateway returns are frozen, since threads and runs share them; the objects that it receives are not
 * changed.
 *
 * <p>Every method throws {@link ClusterException}, whose kind is the reason.
 */
public interface ClusterGateway extends AutoCloseable {

    /** The effect of a write: the server carries it out, or only checks it ({@code dryRun=All}). */
    enum WriteMode {
        REAL,
        DRY_RUN
    }

    /** The address for messages: the API server's URL, or the snapshot's folder. */
    String server();

    /** The host and port of the proxy that requests go through, and that resolves the server's name; empty for none. */
    default Optional<String> proxy() {
        return Optional.empty();
    }

    /** Returns the API server's gitVersion, such as {@code v1.34.4}; any authenticated user can read it. */
    String version();

    /**
     * The information about Argo's controller that is given apart from the cluster's objects, which only a snapshot
     * has.
     */
    default Optional<ArgoInstallation> argo() {
        return Optional.empty();
    }

    /** The patterns of images that the nodes pull with credentials of their own, if a snapshot lists them. */
    default List<String> nodeCredentials() {
        return List.of();
    }

    /** The time whose state is read: now, or when a snapshot was captured; empty if it is not known. */
    default Optional<Instant> time() {
        return Optional.of(Instant.now());
    }

    /**
     * Returns the same cluster as another user or program sees it (kubectl's {@code --as}); empty if impersonation is
     * not possible. The first request shows whether it is allowed. The result needs no close of its own.
     */
    default Optional<ClusterGateway> as(Identity who) {
        return Optional.empty();
    }

    /** The limits of an administrator on this cluster; empty if everything is allowed. */
    default Optional<AccessLimits> limits() {
        return Optional.empty();
    }

    /** Returns the same cluster with the operations of a live one, which the caller closes; empty for a snapshot. */
    default Optional<LiveCluster> live() {
        return Optional.empty();
    }

    /** Returns an object; empty if no object has this name. */
    Optional<ObjectNode> get(Resource resource, String namespace, String name);

    /**
     * Returns all objects, whatever the number of pages.
     *
     * @param namespace "" for all namespaces
     * @param labelSelector "" for any
     * @param fieldSelector "" for any
     */
    List<ObjectNode> list(Resource resource, String namespace, String labelSelector, String fieldSelector);

    /**
     * Passes the objects of {@link #list} on one after the other, so that not all of them are in memory at the same
     * time. An object can come twice, if the list has to be read again from its beginning.
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
     * Returns the end of a container's log.
     *
     * @param container "" for the only one
     * @param lines the maximum number of lines
     */
    default List<String> log(String namespace, String pod, String container, int lines) {
        throw new ClusterException(ClusterException.Kind.NOT_CAPTURED, "logs are not read from " + server());
    }

    /**
     * Returns the end of the controller's log, if it is captured apart from the cluster's objects, which only a
     * snapshot has.
     */
    default Optional<List<String>> controllerLog(int lines) {
        return Optional.empty();
    }

    /** Creates an object in the namespace of its metadata, and returns it as the server stored it. */
    ObjectNode create(Resource resource, ObjectNode object, WriteMode mode);

    /**
     * Replaces an object (PUT). If the object has a metadata.resourceVersion and was changed since, throws CONFLICT.
     */
    ObjectNode replace(Resource resource, ObjectNode object, WriteMode mode);

    /** Deletes an object if it still has this uid and resourceVersion; either can be "" for any. */
    void delete(Resource resource, String namespace, String name, String uid, String resourceVersion, WriteMode mode);

    /**
     * Requests a token of a ServiceAccount that is valid as long as a Secret in its namespace exists, and no longer
     * than the server grants.
     */
    default IssuedTokens.Issued token(ServiceAccount account, Duration lifetime, String secret) {
        throw new ClusterException(ClusterException.Kind.NOT_CAPTURED, server() + " issues no tokens");
    }

    @Override
    void close();
}
