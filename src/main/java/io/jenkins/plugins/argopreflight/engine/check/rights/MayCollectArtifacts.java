package io.jenkins.plugins.argopreflight.engine.check.rights;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.collect.right.NeededRight.Party;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import java.util.List;

/** The artifact GC pod's ServiceAccount is allowed to read its tasks and to report them. */
public final class MayCollectArtifacts extends RightsCheck {

    private static final CheckInfo INFO = new CheckInfo(
                    "may-collect-artifacts",
                    "Artifact garbage collection is not allowed to delete artifacts",
                    Severity.ERROR,
                    Topic.PERMISSIONS)
            .needing(Need.ACCESS_REVIEWS);

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    boolean covers(NeededRight permission) {
        return permission.party() == Party.WORKFLOW
                && permission.right().resource().equals("workflowartifactgctasks")
                && !permission.neededFor().startsWith("resource template ");
    }

    @Override
    String consequence(Facts facts, List<NeededRight> missing) {
        return "artifacts are not deleted, and the workflow keeps its finalizer; artifact GC runs as"
                + " artifactGC.serviceAccountName or as default, never as the workflow's own ServiceAccount";
    }
}
