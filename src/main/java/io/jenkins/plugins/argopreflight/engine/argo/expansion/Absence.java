package io.jenkins.plugins.argopreflight.engine.argo.expansion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Condition;
import org.jspecify.annotations.Nullable;

/**
 * The absence of the outputs of a step or task, or of one of its variables.
 *
 * @param member the step or task; a MissingNode if only a variable is absent
 * @param reason the reason why the step or task has no outputs
 * @param node the node that Argo creates for the step or task
 * @param condition the condition under which the outputs are absent; null if there is none: the outputs are certainly
 *     absent, unless {@code node} is {@link Node#OMITTED}
 */
record Absence(
        JsonNode member, String reason, Node node, @Nullable Condition condition) {

    /** The node of a step or task without outputs. */
    enum Node {
        /** The node is skipped by its condition, or by an empty list. */
        SKIPPED,
        /** The node is omitted, since its {@code depends} is false if all tasks before it succeed. */
        OMITTED,
        /** The node is a loop of a dag whose iterations are all skipped: it only has the lists of outputs. */
        GROUP,
        /** The node runs without the absent variable, or is a loop of steps whose iterations are all skipped. */
        OTHER
    }

    /** Creates the absence of one variable. */
    static Absence ofVariable(String reason, @Nullable Condition condition) {
        return new Absence(MissingNode.getInstance(), reason, Node.OTHER, condition);
    }

    /** Returns whether the outputs are certainly absent. */
    boolean isSure() {
        return condition == null && node != Node.OMITTED;
    }
}
