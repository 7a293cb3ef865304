package io.jenkins.plugins.argopreflight.engine.check.controller;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.List;

/**
 * A workflow that is submitted suspended starts nothing until someone resumes it. Source: argo-workflows
 * workflow/controller/operator.go (operate).
 */
public final class SuspendedWorkflow implements Check {

    private static final CheckInfo INFO = new CheckInfo(
                    "suspended-workflow",
                    "The workflow is suspended when it is submitted",
                    Severity.WARNING,
                    Topic.WORKFLOW)
            .ending(Ending.PENDING);

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.workflows().stream().anyMatch(WorkflowFacts::isToSubmit);
    }

    @Override
    public List<Finding> check(Facts facts) {
        return facts.workflows().stream()
                .filter(WorkflowFacts::isToSubmit)
                .filter(workflow ->
                        workflow.document().root().path("spec").path("suspend").asBoolean())
                .map(SuspendedWorkflow::suspended)
                .toList();
    }

    private static Finding suspended(WorkflowFacts workflow) {
        return Finding.warn(
                        INFO,
                        Places.workflow(workflow, "spec.suspend"),
                        "The workflow has spec.suspend: true. The controller starts no step of it until someone"
                                + " resumes it (argo resume), and the workflow stays Running.")
                .title("The workflow is suspended from the start")
                .evidence(EvidenceLine.field("spec.suspend", "true"))
                .fix(
                        ChangeField.to(Yaml.of("spec:\n  suspend: false")).because("start it at once:"),
                        AskPerson.reader("or resume it after it is submitted: argo resume NAME"));
    }
}
