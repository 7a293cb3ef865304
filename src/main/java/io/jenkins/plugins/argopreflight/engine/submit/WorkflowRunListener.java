package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import java.util.Optional;

/** Hears of a run. */
public interface WorkflowRunListener {

    /** Why nothing of this workflow can be received any more; empty while it can. */
    default Optional<String> refusal() {
        return Optional.empty();
    }

    /** A line for the log: a change, a log's line with its colours, a delay. From any thread. */
    void say(String line);

    /** Notes a sentence that can quote a server, in one line. */
    default void note(String sentence) {
        say(Visible.sentence(sentence));
    }

    /** The workflow as it is now, and the record has changed: keep both. */
    void changed(ObjectNode workflow);

    /** No controller has worked on the workflow for this long, or a node has been pending for it: time to diagnose. */
    void stuck(ObjectNode workflow);

    /** The API server took what {@link WorkflowRun#shutDown} asked for. */
    default void sent(Shutdown how) {}

    /** The workflow is over, and the last lines of its logs are still read. */
    default void logsRemain() {}

    /** The end; nothing comes after it. */
    void ended(End end);

    /**
     * How it ended.
     *
     * @param how the kind of end
     * @param workflow as it was seen last; empty when it was never seen
     * @param failure for {@link How#LOST}
     */
    record End(How how, Optional<ObjectNode> workflow, Optional<ClusterException> failure) {}

    /** The kinds of end. */
    enum How {
        /** It has a final phase. */
        COMPLETED,
        /** Someone deleted it. */
        DELETED,
        /** Someone deleted it, and another one has its name. */
        RECREATED,
        /** It cannot be followed any more. */
        LOST
    }
}
