package io.jenkins.plugins.argopreflight.engine.check.controller;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.kube.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A check for workflows that the controller ignores: with an instanceID it runs only workflows with this label, without
 * one only those without a label. Source: argo-workflows util/util.go (InstanceIDRequirement).
 */
public final class InstanceId implements Check {

    private static final String LABEL = "workflows.argoproj.io/controller-instanceid";
    private static final CheckInfo INFO = new CheckInfo(
                    "instance-id",
                    "The workflow's label does not match the controller's instanceID",
                    Severity.ERROR,
                    Topic.WORKFLOW)
            .needing(Need.SETTINGS)
            .alsoGiving(Outcome.WARN);

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.workflows().stream().anyMatch(WorkflowFacts::isRun);
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            String label = KubeObjects.labels(workflow.document().root()).getOrDefault(LABEL, "");
            if (!workflow.isRun()) {
                continue;
            }
            facts.controllerSettings()
                    .fold(
                            settings -> label.equals(facts.controller().instanceId())
                                    ? Optional.<Finding>empty()
                                    : Optional.of(finding(
                                            workflow, label, facts.controller().instanceId())),
                            unknown -> Optional.of(UnknownFindings.finding(
                                    INFO,
                                    Places.workflow(workflow, "metadata.labels"),
                                    "whether the controller's instanceID is \"" + label + "\"",
                                    unknown)))
                    .ifPresent(findings::add);
        }
        return findings;
    }

    private static Finding finding(WorkflowFacts workflow, String label, String instanceId) {
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
                                INFO, subject, sentence + ", unless argo submit creates it, which removes the label.")
                        : Finding.fail(INFO, subject, sentence + "."))
                .title("The workflow's label does not match the controller's instanceID")
                .evidence(
                        EvidenceLine.field("instanceID of the controller", instanceId.isEmpty() ? "none" : instanceId))
                .fix(
                        instanceId.isEmpty()
                                ? ChangeField.to(Yaml.of("metadata:\n  labels: {}"))
                                        .without(FieldPath.field("metadata.labels", LABEL))
                                        .because("remove the label:")
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
                                .because("or"));
    }
}
