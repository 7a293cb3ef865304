package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.Optional;

/** The receiver of events of a run. */
public interface WorkflowRunListener {

    /** Returns the reason why nothing of this workflow can be received any more; empty while it can. */
    default Optional<String> refusal() {
        return Optional.empty();
    }

    /** Writes a line to the log: a change, a log's line with its colours, a delay. Called by any thread. */
    void say(String line);

    /** Writes a sentence that can quote a server, in one line. */
    default void note(String sentence) {
        say(Visible.sentence(sentence));
    }

    /** Receives the workflow as it is now. The record has changed, too: store both. */
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
