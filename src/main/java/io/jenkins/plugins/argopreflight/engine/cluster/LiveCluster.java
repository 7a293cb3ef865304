package io.jenkins.plugins.argopreflight.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import java.time.Instant;
import java.util.Optional;

/**
 * What only a live cluster can do: report changes while they happen, return logs, and change single fields. It is a hold
 * of its own on the connection, which stays open until the gateway and all its holds are closed, and it does not keep
 * what it reads: it can be used for days.
 *
 * <p>Every method throws {@link ClusterException}. The objects that it returns and reports are frozen.
 */
public interface LiveCluster extends AutoCloseable {

    /**
     * The same text for the same server, reached with the same credential, impersonation and trust, and for nothing
     * else: what one caller receives can be given to another only when both have the same. It holds no secret.
     */
    String identity();

    /** One object, or empty when there is none of that name. */
    Optional<ObjectNode> get(Resource resource, String namespace, String name);

    /** The resourceVersion of a list as it is now: a watch from there reports every later change. */
    String version(Resource resource, String namespace, String labelSelector);

    /** A JSON merge patch (RFC 7396); returns the object as the server stored it. */
    ObjectNode patch(Resource resource, String namespace, String name, JsonNode mergePatch);

    /**
     * Begins to watch. It returns when the request is sent; the listener is called later, from another thread.
     *
     * @param resourceVersion after which changes are reported
     */
    Subscription watch(
            Resource resource, String namespace, String labelSelector, String resourceVersion, WatchListener listener);

    /** Begins to read a container's log, as {@link #watch}. */
    Subscription log(LogQuery query, LogListener listener);

    @Override
    void close();

    /** Something that goes on until it ends or is closed; its listener hears of the end either way, once. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** What happened to an object. */
    enum Change {
        ADDED,
        MODIFIED,
        DELETED,
        /** Nothing: the object says only up to which version all changes were reported. */
        BOOKMARK
    }

    /** Called by one thread at a time, which must not be held up. */
    interface WatchListener {
        void changed(Change change, ObjectNode object);

        /** @param failure empty when the server, or we, ended it in good order */
        void ended(Optional<ClusterException> failure);
    }

    /**
     * Which log, and how much of it.
     *
     * @param since in whole seconds, as the API takes it; empty for its beginning
     * @param follow whether to go on until the container ends
     * @param limitBytes what the server sends at most
     */
    record LogQuery(
            String namespace, String pod, String container, Optional<Instant> since, boolean follow, long limitBytes) {}

    /** Called by one thread at a time; while it is held up nothing more is read. */
    interface LogListener {
        /** A line as the server sends it with {@code timestamps=true}: an RFC 3339 time with nanoseconds, a space, text. */
        void line(String line);

        /** @param failure empty when the log has ended */
        void ended(Optional<ClusterException> failure);
    }
}
