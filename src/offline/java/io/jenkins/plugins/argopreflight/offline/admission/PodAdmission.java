package io.jenkins.plugins.argopreflight.offline.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;

/** Judges a pod in the place of an API server, where there is only a snapshot of one. */
@FunctionalInterface
public interface PodAdmission {

    /** Cannot judge. */
    PodAdmission NONE = (pod, cluster) -> {
        throw new ClusterException(Kind.NOT_CAPTURED, "a snapshot has no API server that could check a pod");
    };

    /**
     * Lets a pod in, or refuses it.
     *
     * @param cluster the objects that the judgement hangs on
     * @throws ClusterException FORBIDDEN or INVALID in the server's words when it is refused; any other kind when it
     *     cannot be judged
     */
    void admit(ObjectNode pod, ClusterGateway cluster);
}
