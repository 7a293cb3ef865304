package io.jenkins.plugins.argopreflight.offline.snapshot;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.Optional;

/**
 * An object, or all objects of a kind, that could not be read when the snapshot was taken.
 *
 * @param resource the plural with its group, as {@link Resource#qualified}
 * @param namespace the namespace; "" for all namespaces, and for kinds without namespaces
 * @param name the name; "" for all objects
 * @param reason the API server's message
 * @param missingRight the missing right, if that is the reason
 */
public record UnreadResource(
        String resource, String namespace, String name, String reason, Optional<Right> missingRight) {

    boolean concerns(Resource other, String otherNamespace, String otherName) {
        return resource.equals(other.qualified())
                && (namespace.isEmpty() || otherNamespace.isEmpty() || namespace.equals(otherNamespace))
                && (name.isEmpty() || otherName.isEmpty() || name.equals(otherName));
    }

    ClusterException toException() {
        return new ClusterException(
                missingRight.isPresent() ? Kind.FORBIDDEN : Kind.NOT_CAPTURED,
                "not in the snapshot, it could not be read: " + reason);
    }
}
