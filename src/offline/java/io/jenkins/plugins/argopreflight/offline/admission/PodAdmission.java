package io.jenkins.plugins.argopreflight.offline.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;

/** The admission of pods for a snapshot, which has no API server. */
@FunctionalInterface
public interface PodAdmission {

    /** The admission that cannot check any pod. */
    PodAdmission NONE = (pod, cluster) -> {
        throw new ClusterException(Kind.NOT_CAPTURED, "a snapshot has no API server that could check a pod");
    };

    /**
     * Admits a pod, or refuses it.
     *
     * @param cluster the objects on which the result depends
     * @throws ClusterException FORBIDDEN or INVALID with the server's message if it is refused; any other kind if it
     *     cannot be checked
     */
    void admit(ObjectNode pod, ClusterGateway cluster);
}
