package io.jenkins.plugins.argopreflight.engine.check.rights;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.NamespaceAnswers;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight.Party;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;
import java.util.Set;

/**
 * A check of the rights that the submitting user needs to create the workflow. The outcome is WARN if the user can
 * create the workflow, and cannot watch it.
 */
public final class MaySubmit extends RightsCheck {

    /** The resources that a user creates to run a workflow. */
    private static final Set<String> WORKFLOW_RESOURCES = Set.of("workflows", "cronworkflows");

    public MaySubmit() {
        super(CheckInfo.error(
                        "may-submit", "The submitting user is not allowed to create the workflow", Topic.PERMISSIONS)
                .needing(Need.OWN_RIGHTS)
                .alsoGiving(Outcome.WARN));
    }

    @Override
    boolean covers(NeededRight permission) {
        return permission.party() == Party.SUBMITTER || permission.party() == Party.SENSOR;
    }

    @Override
    Outcome outcome(Facts facts, List<NeededRight> missingRights) {
        return missingRights.stream().anyMatch(MaySubmit::isNeededToCreate) ? Outcome.FAIL : Outcome.WARN;
    }

    /**
     * Returns the finding with the question whether the namespace exists, if the submitting user has no right in it:
     * such a user cannot see whether it exists, and a wrong name is the likely reason. Other findings are not changed.
     */
    @Override
    Finding withNamespaceHint(Facts facts, NeededRight right, Finding finding) {
        String namespace = right.right().namespace();
        return right.party() == Party.SUBMITTER
                        && finding.outcome() == Outcome.FAIL
                        && NamespaceAnswers.isUnreadable(facts, namespace)
                ? finding.title("No right in namespace %s: does it exist?", namespace)
                        .because(NamespaceAnswers.missing(namespace))
                        .fix(RunCommands.of(Command.kubectl("get", "namespace").with(Operand.namespace(namespace))))
                : finding;
    }

    @Override
    boolean reportsUnknown(NeededRight permission) {
        return isNeededToCreate(permission);
    }

    @Override
    String consequence(Facts facts, List<NeededRight> missingRights) {
        if (missingRights.stream().anyMatch(MaySubmit::isNeededToCreate)) {
            return missingRights.get(0).party() == Party.SENSOR
                    ? "the trigger fails and makes no workflow"
                    : "the API server refuses the workflow";
        }
        return "the workflow can be submitted, but this is not possible: "
                + String.join(
                        "; ",
                        missingRights.stream()
                                .map(right -> right.purpose().text())
                                .distinct()
                                .toList());
    }

    /**
     * Returns whether a workflow cannot be created without this right. An argoWorkflow
     * trigger creates it with the argo command, which also needs to read templates.
     */
    private static boolean isNeededToCreate(NeededRight permission) {
        String resource = permission.right().resource();
        return permission.party() == Party.SENSOR
                ? permission.right().verb().equals("create") || !resource.equals("workflows")
                : permission.right().verb().equals("create") && WORKFLOW_RESOURCES.contains(resource);
    }
}
