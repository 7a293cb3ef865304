package io.jenkins.plugins.argopreflight.engine.check.controller;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.ControllerFacts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Missing;
import java.util.ArrayList;
import java.util.List;

/**
 * A check for workflows in a namespace that the controller does not manage: started with {@code --namespaced}, it
 * manages only one. Source: argo-workflows cmd/workflow-controller/main.go, workflow/controller/controller.go
 * (GetManagedNamespace).
 */
public final class NamespaceNotManaged implements Check {

    private static final CheckInfo INFO = new CheckInfo(
                    "namespace-not-managed",
                    "The controller does not manage the workflow's namespace",
                    Severity.ERROR,
                    Topic.WORKFLOW)
            .needing(Need.DEPLOYMENTS);

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
        String unknownReason = facts.controller().assumed().flags();
        String managedNamespace = facts.controller().flags().managedNamespace();
        for (WorkflowFacts workflow : facts.workflows()) {
            if (!workflow.isRun()) {
                continue;
            }
            if (!unknownReason.isEmpty()) {
                findings.add(Finding.unknown(
                                INFO,
                                Places.workflow(workflow, "metadata.namespace"),
                                "Could not check whether the controller manages namespace " + workflow.namespace()
                                        + " (--namespaced): " + unknownReason.replaceFirst("\\.$", "") + ".")
                        .title("Could not check whether the controller manages namespace %s", workflow.namespace())
                        .because(unreadFlags(facts)));
            } else if (!managedNamespace.isEmpty() && !managedNamespace.equals(workflow.namespace())) {
                findings.add(finding(facts, workflow, managedNamespace));
            }
        }
        return findings;
    }

    private static Missing unreadFlags(Facts facts) {
        return new Missing.Unread(facts.unseen().stream()
                .filter(each -> each.fact().equals(ControllerFacts.FLAGS))
                .flatMap(each -> each.missingRight().stream())
                .map(Right::namespace)
                .findFirst()
                .orElse(""));
    }

    private static Finding finding(Facts facts, WorkflowFacts workflow, String managedNamespace) {
        ControllerFlags flags = facts.controller().flags();
        return Finding.fail(
                        INFO,
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
                                .because("or, operators: a controller for all namespaces needs the cluster install's"
                                        + " ClusterRoles, and no --namespaced"));
    }
}
