package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.collect.Permission;
import io.jenkins.plugins.argopreflight.engine.collect.Permission.Party;
import java.util.List;

/** The artifact GC pod's ServiceAccount may read its tasks and report them. */
public final class MayCollectArtifacts extends RightsCheck {

    private static final CheckInfo INFO = new CheckInfo(
                    "may-collect-artifacts",
                    "Artifact garbage collection may not delete artifacts",
                    Severity.ERROR,
                    Topic.PERMISSIONS)
            .needing("access reviews of the workflow's ServiceAccounts, or Roles and bindings");

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    boolean covers(Permission permission) {
        return permission.party() == Party.WORKFLOW
                && permission.right().resource().equals("workflowartifactgctasks")
                && !permission.neededFor().startsWith("resource template ");
    }

    @Override
    String consequence(List<Permission> missing) {
        return "artifacts will not be deleted, and the workflow keeps its finalizer; it runs as artifactGC.serviceAccountName or the account default, never as the workflow's own";
    }
}
