package io.jenkins.plugins.argopreflight.engine.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.time.Instant;
import java.util.Optional;

/**
 * The operations that only a live cluster has: it reports changes while they happen, returns logs, and changes single
 * fields. An object of this type keeps the connection open until it is closed, also after the gateway is closed. It
 * does not store the objects that it reads, so it can be used for days.
 *
 * <p>Every method throws {@link ClusterException}. The objects that it returns and reports are frozen.
 */
public interface LiveCluster extends AutoCloseable {

    /**
     * Returns a text that is equal only for the same server with the same credential, impersonation and trust. Callers
     * can share an answer only if their texts are equal. The text contains no secret.
     */
    String connectionKey();

    /** Returns an object; empty if no object has this name. */
    Optional<ObjectNode> get(Resource resource, String namespace, String name);

    /** Returns the current resourceVersion of a list: a watch from there reports every later change. */
    String version(Resource resource, String namespace, String labelSelector);

    /** Applies a JSON merge patch (RFC 7396), and returns the object as the server stored it. */
    ObjectNode patch(Resource resource, String namespace, String name, JsonNode mergePatch);

    /**
     * Begins to watch. This returns when the request is sent; the listener is called later, from another thread.
     *
     * @param resourceVersion the version after which changes are reported
     */
    Subscription watch(
            Resource resource, String namespace, String labelSelector, String resourceVersion, WatchListener listener);

    /** Begins to read a container's log. As with {@link #watch}, the listener is called later, from another thread. */
    Subscription log(LogQuery query, LogListener listener);

    @Override
    void close();

    /**
     * A watch or log that goes on until it ends or is closed. Its listener is notified of the end in both cases, once.
     */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** The change of an object. */
    enum Change {
        ADDED,
        MODIFIED,
        DELETED,
        /** A version without a change: all changes until the version of this object were reported. */
        BOOKMARK
    }

    /** A receiver of changes. It is called by one thread at a time, which must not be blocked. */
    interface WatchListener {
        void changed(Change change, ObjectNode object);

        /**
         * Receives the end of the watch.
         *
         * @param failure empty if the server, or this side, ended it regularly
         */
        void ended(Optional<ClusterException> failure);
    }

    /**
     * A request for a part of a container's log.
     *
     * @param since the start, in whole seconds, as the API takes it; empty for the log's beginning
     * @param follow whether the log is sent until the container ends
     * @param limitBytes the maximum that the server sends
     */
    record LogQuery(
            String namespace, String pod, String container, Optional<Instant> since, boolean follow, long limitBytes) {}

    /** A receiver of a log. It is called by one thread at a time; while it blocks, nothing more is read. */
    interface LogListener {
        /**
         * Receives a line as the server sends it with {@code timestamps=true}: an RFC 3339 time with nanoseconds, a
         * space, text.
         */
        void line(String line);

        /**
         * Receives the end of the reading.
         *
         * @param failure empty if the log has ended
         */
        void ended(Optional<ClusterException> failure);
    }
}
