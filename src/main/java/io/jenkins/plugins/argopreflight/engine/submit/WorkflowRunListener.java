package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.Optional;

/** The receiver of events of a run. */
public interface WorkflowRunListener {

    /**
     * Returns the reason why the build is no longer allowed to receive data of this workflow; empty if it is allowed.
     */
    default Optional<String> refusal() {
        return Optional.empty();
    }

    /**
     * Writes a line to the log, such as the change of a node or a line of a container with its colours. Any thread can
     * call this method.
     */
    void say(String line);

    /** Writes a sentence to the log, in one line. The sentence can contain text of a server. */
    default void note(String sentence) {
        say(Visible.sentence(sentence));
    }

    /** Receives the current workflow. The {@link RunRecord} of the run has changed, too, and must be stored. */
    void changed(ObjectNode workflow);

    /** Requests a diagnosis: the workflow has made no progress for the configured time. */
    void stuck(ObjectNode workflow);

    /** Reports that the API server accepted the request of {@link WorkflowRun#shutDown}. */
    default void sent(Shutdown how) {}

    /** Reports that the workflow has ended, while the last lines of its logs are still read. */
    default void logsRemain() {}

    /** Receives the end, which is the last call. */
    void ended(End end);

    /**
     * The end of a run.
     *
     * @param how the kind of end
     * @param workflow the workflow as it was read last; empty if it was never read
     * @param failure the reason for {@link How#LOST}
     */
    record End(How how, Optional<ObjectNode> workflow, Optional<ClusterException> failure) {}

    /** The kind of an end. */
    enum How {
        /** The workflow has a final phase. */
        COMPLETED,
        /** The workflow was deleted. */
        DELETED,
        /** The workflow was deleted, and another one has its name. */
        RECREATED,
        /** The workflow cannot be followed any more. */
        LOST
    }
}
