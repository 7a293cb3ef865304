package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import java.util.List;

/** A pod and the workflow for which it is created. */
public record WorkflowPod(WorkflowFacts workflow, ArgoPod pod) implements PodItem {

    /** The type under which {@link Facts#derived} keeps the list. */
    private record All(List<WorkflowPod> pods) {}

    /** Returns the pods of all workflows. */
    public static List<WorkflowPod> all(Facts facts) {
        return facts.derived(All.class, WorkflowPod::find).pods();
    }

    private static All find(Facts facts) {
        return new All(facts.workflows().stream()
                .flatMap(workflow -> workflow.pods().stream().map(pod -> new WorkflowPod(workflow, pod)))
                .toList());
    }
}
