package io.jenkins.plugins.argopreflight.engine.collect;

import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One workflow, and the pods that Argo will create for it; a given Pod counts as one that Argo made.
 *
 * @param document as given, or as it stands in the cluster
 * @param namespace where it will run
 * @param together how many of which pods surely run at the same time, where most do
 */
public record WorkflowFacts(
        Document document, String namespace, List<ArgoPod> pods, List<Problem> problems, Map<ArgoPod, Long> together) {

    private static final Set<String> RUNS = Set.of("Workflow", "CronWorkflow");

    public WorkflowFacts {
        pods = List.copyOf(pods);
        problems = List.copyOf(problems);
    }

    /** Whether the controller works on it by itself, and needs no submission. */
    public boolean isRun() {
        return isRun(document);
    }

    static boolean isRun(Document document) {
        return RUNS.contains(document.kind());
    }
}
