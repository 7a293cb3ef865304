package io.jenkins.plugins.argopreflight.engine.follow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import java.util.Optional;

/**
 * Who waits for a workflow. It is called by one thread at a time, which others share: it does its work elsewhere. What
 * it receives is shared too, and not to be changed.
 */
public interface Follower {

    /**
     * Why it is not allowed to receive anything of this workflow, such as a limit of the cluster; asked before each call
     * of {@link #changed} and {@link #gone}.
     */
    Optional<String> refusal();

    /** The workflow as it is now; the first call comes soon after the following began. */
    void changed(ObjectNode workflow);

    /**
     * The workflow does not exist any more; nothing comes after this.
     *
     * @param other the object that has its name now
     */
    void gone(Optional<ObjectNode> other);

    /** The cluster does not answer as it should, and is asked again; {@link #changed} comes when it does. */
    void delayed(ClusterException why);

    /** Nothing more can be received: not allowed, or the credential is not accepted; nothing comes after this. */
    void lost(ClusterException why);
}
