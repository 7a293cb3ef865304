package io.jenkins.plugins.argopreflight.engine.collect.right;

import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.List;

/**
 * One right that someone needs, and whether they have it.
 *
 * @param party in which part they need it
 * @param user such as {@code system:serviceaccount:ci:workflow}; "" for ourselves, when we cannot determine who we are
 * @param neededFor in words, such as {@code executor reports its results (workflowtaskresults)}
 * @param answer whether they have it; Unknown when no one could determine
 * @param source who said so: {@code SelfSubjectAccessReview}, {@code SubjectAccessReview},
 *     {@code LocalSubjectAccessReview}, {@code SelfSubjectAccessReview as USER}, {@code Roles and bindings that were
 *     read}
 * @param workflows which workflows need it
 * @param pods the pods that need it; empty for the submitter and for what no pod needs
 */
public record NeededRight(
        Party party,
        String user,
        Right right,
        String neededFor,
        Fact<Boolean> answer,
        String source,
        List<WorkflowFacts> workflows,
        List<ArgoPod> pods) {

    /** In which part. */
    public enum Party {
        /** Who submits the workflow. */
        SUBMITTER,
        /** The ServiceAccount of a Sensor, whose trigger makes the workflow. */
        SENSOR,
        /** The ServiceAccount of a pod, or the one whose token its executor gets. */
        WORKFLOW,
        /** Argo's controller. */
        CONTROLLER
    }

    public NeededRight {
        workflows = List.copyOf(workflows);
        pods = List.copyOf(pods);
    }
}
