package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;

/** A pod of a workflow, or a part of the pod, such as a container or a volume. */
public interface PodItem {

    WorkflowFacts workflow();

    ArgoPod pod();
}
