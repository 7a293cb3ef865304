package io.jenkins.plugins.argopreflight.engine.facts.right;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.List;

/**
 * A right that is needed to run a workflow, and whether the user has the right.
 *
 * @param party the part of the system that needs the right
 * @param user the user, such as {@code system:serviceaccount:ci:workflow}; {@code ""} for the credentials in use if
 *     their identity is unknown
 * @param answer whether the user has the right; Unknown if it could not be checked
 * @param source the source of the answer: {@code SelfSubjectAccessReview}, {@code SubjectAccessReview}, {@code
 *     LocalSubjectAccessReview}, {@code SelfSubjectAccessReview as USER}, {@code Roles and bindings that were read}
 * @param workflows the workflows that need the right
 * @param pods the pods that need the right; empty for the submitter and for rights that no pod needs
 */
public record NeededRight(
        Party party,
        String user,
        Right right,
        Purpose purpose,
        Fact<Boolean> answer,
        String source,
        List<WorkflowFacts> workflows,
        List<ArgoPod> pods) {

    /** A part of the system that needs rights. */
    public enum Party {
        /** The user who submits the workflow. */
        SUBMITTER,
        /** The ServiceAccount of a Sensor whose trigger creates the workflow. */
        SENSOR,
        /** The ServiceAccount of a pod, or the ServiceAccount whose token the executor gets. */
        WORKFLOW,
        /** Argo's controller. */
        CONTROLLER
    }

    public NeededRight {
        workflows = List.copyOf(workflows);
        pods = List.copyOf(pods);
    }
}
