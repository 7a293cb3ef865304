package io.jenkins.plugins.argopreflight.offline.snapshot;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import java.util.Optional;

/**
 * Something that could not be read when the snapshot was taken.
 *
 * @param resource plural with its group, as {@link Resource#qualified}
 * @param namespace "" for all namespaces, and for what lives in none
 * @param name "" for all objects
 * @param reason in the API server's words
 * @param missingRight the right that was missing, when that is why
 */
public record Unread(String resource, String namespace, String name, String reason, Optional<Right> missingRight) {

    boolean concerns(Resource asked, String inNamespace, String oneName) {
        return resource.equals(asked.qualified())
                && (namespace.isEmpty() || inNamespace.isEmpty() || namespace.equals(inNamespace))
                && (name.isEmpty() || oneName.isEmpty() || name.equals(oneName));
    }

    ClusterException toException() {
        return new ClusterException(
                missingRight.isPresent() ? Kind.FORBIDDEN : Kind.NOT_CAPTURED,
                "not in the snapshot, it could not be read: " + reason);
    }
}
