package io.jenkins.plugins.argopreflight.engine.check.controller;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A file that was written from a workflow that has ended. Source: argo-workflows workflow/controller/controller.go
 * (reconciliationNeeded), workflow/controller/operator.go (operate keeps a phase that is there).
 */
public final class AlreadyCompleted implements Check {

    private static final String LABEL = "workflows.argoproj.io/completed";
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed", "Error");
    private static final CheckInfo INFO = new CheckInfo(
                    "already-completed", "The file of a workflow marks it as completed", Severity.ERROR, Topic.WORKFLOW)
            .also(Outcome.WARN)
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
        List<Finding> findings = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            if (!workflow.isToSubmit()) {
                continue;
            }
            String phase = Objects.text(workflow.document().root(), "status", "phase");
            if ("true".equals(Objects.labels(workflow.document().root()).get(LABEL))) {
                findings.add(labelled(workflow));
            } else if (ENDED.contains(phase)) {
                findings.add(ended(workflow, phase));
            }
        }
        return findings;
    }

    private static Finding labelled(WorkflowFacts workflow) {
        return Finding.fail(
                        INFO,
                        Places.workflow(workflow, FieldPath.field("metadata.labels", LABEL)),
                        "The workflow has label " + LABEL
                                + ": \"true\", which the controller gives to workflows that have"
                                + " ended, and it runs none of those. The API server accepts the workflow, and it never"
                                + " gets a status.")
                .title("The workflow has label %s: true", LABEL)
                .evidence(EvidenceLine.field(LABEL, "\"true\""))
                .fix(ChangeField.to(Yaml.of("metadata:\n  labels: {}"))
                        .without(FieldPath.field("metadata.labels", LABEL))
                        .because("remove label " + LABEL + ":"))
                .fix(AskPerson.reader(
                        "remove status, uid, resourceVersion and label workflows.argoproj.io/phase too, if"
                                + " the file was written by kubectl get -o yaml"));
    }

    /** Only a warning: argo-preflight submit and the step argoSubmit leave the status out. */
    private static Finding ended(WorkflowFacts workflow, String phase) {
        return Finding.warn(
                        INFO,
                        Places.workflow(workflow, "status.phase"),
                        "The file has status.phase: " + phase
                                + ", and kubectl create and argo submit keep it. The workflow counts as ended from the"
                                + " start, whatever its pods do, and steps of status.nodes do not run again.")
                .title("The file has status.phase %s", phase)
                .evidence(EvidenceLine.field("status.phase", phase))
                .fix(AskPerson.reader("remove status from the file"));
    }
}
