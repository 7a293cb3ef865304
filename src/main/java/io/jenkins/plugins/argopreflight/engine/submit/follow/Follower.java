package io.jenkins.plugins.argopreflight.engine.submit.follow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import java.util.Optional;

/**
 * A receiver of the states of a workflow. It is called by a shared thread, one call at a time, so it does its work in
 * another thread. The objects that it receives are shared and must not be changed.
 */
public interface Follower {

    /**
     * Returns the reason why it is not allowed to receive states of this workflow, such as a limit of the cluster.
     * Called before each call of {@link #changed} and {@link #gone}.
     */
    Optional<String> refusal();

    /** Receives the current workflow. The first call comes soon after the start. */
    void changed(ObjectNode workflow);

    /**
     * Receives that the workflow does not exist any more. This is the last call.
     *
     * @param other the object that has the name now
     */
    void gone(Optional<ObjectNode> other);

    /** Receives that a request failed and will be repeated. {@link #changed} is called after it succeeds. */
    void delayed(ClusterException failure);

    /**
     * Receives that the following ended with an error: it is not allowed, or the credential is not accepted. This is
     * the last call.
     */
    void lost(ClusterException failure);
}
