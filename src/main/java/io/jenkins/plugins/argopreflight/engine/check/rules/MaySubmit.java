package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.Permission;
import io.jenkins.plugins.argopreflight.engine.collect.Permission.Party;
import java.util.List;
import java.util.Set;

/** The submitting user is allowed to create the workflow; what is needed to follow it is a warning. */
public final class MaySubmit extends RightsCheck {

    private static final CheckInfo INFO = new CheckInfo(
                    "may-submit",
                    "The submitting user is not allowed to create the workflow",
                    Severity.ERROR,
                    Topic.PERMISSIONS)
            .needing("access reviews of your own permissions");

    private static final Set<String> RUNS = Set.of("workflows", "cronworkflows");

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    boolean covers(Permission permission) {
        return permission.party() == Party.SUBMITTER;
    }

    @Override
    Outcome outcome(Facts facts, List<Permission> missing) {
        return missing.stream().anyMatch(MaySubmit::isCreate) ? Outcome.FAIL : Outcome.WARN;
    }

    @Override
    boolean tellsUnknown(Permission permission) {
        return isCreate(permission);
    }

    @Override
    String consequence(List<Permission> missing) {
        return missing.stream().anyMatch(MaySubmit::isCreate)
                ? "the API server refuses the workflow"
                : "the workflow can be submitted, but this is not possible: "
                        + String.join(
                                "; ",
                                missing.stream()
                                        .map(Permission::neededFor)
                                        .distinct()
                                        .toList());
    }

    private static boolean isCreate(Permission permission) {
        return permission.right().verb().equals("create")
                && RUNS.contains(permission.right().resource());
    }
}
