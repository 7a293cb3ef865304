package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.facts.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.render.page.WorkflowGraph;
import java.util.Optional;

/**
 * The data of a workflow that a step records in its build.
 *
 * @param owner the id of the step that records the data; its later record replaces the earlier one
 * @param step the name of the step in the Jenkinsfile
 * @param server the API server, whose address is not stored
 * @param flowNode id of the step's node in the Pipeline, whose log has the lines of the workflow's nodes
 * @param recorded the state of the cluster that the diagnosis read, for the comparison with a later build; no page
 *     shows it
 */
public record WorkflowRecord(
        String owner,
        String step,
        WorkflowGraph graph,
        Optional<Diagnosis> diagnosis,
        String server,
        String flowNode,
        RecordedState recorded) {}
