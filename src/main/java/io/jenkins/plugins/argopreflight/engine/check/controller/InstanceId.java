package io.jenkins.plugins.argopreflight.engine.check.controller;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.ItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixNote;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.List;

/**
 * A check for workflows that the controller ignores. A controller with an instanceID runs only workflows with the label
 * of this id. A controller without an instanceID runs only workflows without the label. Source: argo-workflows
 * util/util.go (InstanceIDRequirement).
 */
public final class InstanceId extends ItemCheck<WorkflowFacts> {

    private static final String LABEL = "workflows.argoproj.io/controller-instanceid";

    public InstanceId() {
        super(
                CheckInfo.error(
                                "instance-id",
                                "The workflow's label does not match the controller's instanceID",
                                Topic.WORKFLOW)
                        .needing(Need.SETTINGS)
                        .alsoGiving(Outcome.WARN),
                Facts::workflows);
    }

    @Override
    protected boolean concerns(WorkflowFacts workflow) {
        return workflow.isRun();
    }

    @Override
    protected List<Finding> check(Facts facts, WorkflowFacts workflow) {
        String label = KubeObjects.labels(workflow.document().root()).getOrDefault(LABEL, "");
        String instanceId = facts.controller().instanceId();
        return facts.controllerSettings()
                .fold(
                        settings ->
                                label.equals(instanceId) ? List.of() : List.of(finding(workflow, label, instanceId)),
                        unknown -> List.of(UnknownFindings.finding(
                                info(),
                                Places.workflow(workflow, "metadata.labels"),
                                "whether the controller's instanceID is \"" + label + "\"",
                                unknown)));
    }

    private Finding finding(WorkflowFacts workflow, String label, String instanceId) {
        String labelPhrase = label.isEmpty() ? "has no label " + LABEL : "has label " + LABEL + ": " + label;
        String controllerPhrase = instanceId.isEmpty()
                ? "the controller has no instanceID and runs only workflows without that label"
                : "the controller's instanceID is " + instanceId + " and it runs only workflows with label " + LABEL
                        + ": " + instanceId;
        String sentence = "The workflow " + labelPhrase + ", and " + controllerPhrase
                + ". No controller runs the workflow, and it stays without a status";
        Subject subject = Places.workflow(workflow, "metadata.labels");
        // argo submit writes or removes the label, depending on its --instanceid (util/instanceid/service.go, Label).
        return (instanceId.isEmpty()
                        ? Finding.warn(
                                info(), subject, sentence + ", unless argo submit creates it, which removes the label.")
                        : Finding.fail(info(), subject, sentence + "."))
                .title("The workflow's label does not match the controller's instanceID")
                .evidence(
                        EvidenceLine.field("instanceID of the controller", instanceId.isEmpty() ? "none" : instanceId))
                .fix(
                        instanceId.isEmpty()
                                ? ChangeField.to(Yaml.of("metadata:\n  labels: {}"))
                                        .without(FieldPath.field("metadata.labels", LABEL))
                                        .with(FixNote.removing("remove the label:"))
                                : ChangeField.to(Yaml.of("$label: $wanted")
                                        .with("label", LABEL)
                                        .with("wanted", instanceId)
                                        .under("metadata", "labels")),
                        RunCommands.of(
                                        instanceId.isEmpty()
                                                ? Command.of("argo", "submit", "FILE")
                                                        .withNote("without --instanceid")
                                                : Command.of("argo", "submit", "--instanceid")
                                                        .with(Operand.text(instanceId))
                                                        .with("FILE"))
                                .or(""));
    }
}
