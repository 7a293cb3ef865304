package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.render.page.WorkflowGraph;
import java.util.Optional;

/**
 * What a step knows of a workflow.
 *
 * @param owner who records it: once more in place of what it recorded before
 * @param step what the Jenkinsfile calls
 * @param server whose address is left out of what is kept
 * @param flowNode of the step in its Pipeline, whose log has the lines of the nodes
 * @param recorded what the diagnosis read, for the comparison with a later build; no page shows it
 */
public record WorkflowRecord(
        String owner,
        String step,
        WorkflowGraph graph,
        Optional<Diagnosis> diagnosis,
        String server,
        String flowNode,
        RecordedState recorded) {}
