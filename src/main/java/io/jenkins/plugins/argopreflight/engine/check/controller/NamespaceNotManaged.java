package io.jenkins.plugins.argopreflight.engine.check.controller;

import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerAssumptions.Reason;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.ItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;

/**
 * A check for workflows in a namespace that the controller does not manage. A controller that was started with {@code
 * --namespaced} manages only one namespace. Source: argo-workflows cmd/workflow-controller/main.go,
 * workflow/controller/controller.go (GetManagedNamespace).
 */
public final class NamespaceNotManaged extends ItemCheck<WorkflowFacts> {

    public NamespaceNotManaged() {
        super(
                CheckInfo.error(
                                "namespace-not-managed",
                                "The controller does not manage the workflow's namespace",
                                Topic.WORKFLOW)
                        .needing(Need.DEPLOYMENTS),
                Facts::workflows);
    }

    @Override
    protected boolean concerns(WorkflowFacts workflow) {
        return workflow.isRun();
    }

    @Override
    protected List<Finding> check(Facts facts, WorkflowFacts workflow) {
        Reason reason = facts.controller().assumed().flags();
        String managedNamespace = facts.controller().flags().managedNamespace();
        if (!reason.isEmpty()) {
            return List.of(Finding.unknown(
                            info(),
                            Places.workflow(workflow, "metadata.namespace"),
                            "Could not check whether the controller manages namespace " + workflow.namespace()
                                    + " (--namespaced): " + UnknownFindings.sentence(reason.text()))
                    .title("Could not check whether the controller manages namespace %s", workflow.namespace())
                    .because(reason.unread().orElseThrow()));
        }
        return managedNamespace.isEmpty() || managedNamespace.equals(workflow.namespace())
                ? List.of()
                : List.of(finding(facts, workflow, managedNamespace));
    }

    private Finding finding(Facts facts, WorkflowFacts workflow, String managedNamespace) {
        ControllerFlags flags = facts.controller().flags();
        return Finding.fail(
                        info(),
                        Places.workflow(workflow, "metadata.namespace"),
                        "The controller of namespace " + flags.namespace()
                                + " was started with --namespaced and manages only namespace " + managedNamespace
                                + ". No controller runs the workflow, and it stays without a phase forever.")
                .title("The controller does not manage namespace %s", workflow.namespace())
                .evidence(EvidenceLine.field("managed namespace of the controller", managedNamespace))
                .fix(
                        RunCommands.of(Command.of("argo", "submit")
                                .namespace(managedNamespace)
                                .with("FILE")
                                .withNote("which also needs the Secrets, ServiceAccounts and Roles")),
                        RunCommands.of(Command.kubectlIn(
                                        flags.namespace(), "edit", "deployment", "workflow-controller"))
                                .orIf("operators: a controller for all namespaces needs the cluster install's"
                                        + " ClusterRoles, and no --namespaced"));
    }
}
