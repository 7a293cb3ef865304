package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;

/** A pod of a workflow, or a part of the pod, such as a container or a volume. */
public interface PodItem {

    WorkflowFacts workflow();

    ArgoPod pod();
}
