package io.jenkins.plugins.argopreflight.engine.check.rights;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight.Party;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;

/**
 * A check of the rights that the ServiceAccount of the artifact-GC pod needs to read its tasks and to report their
 * results.
 */
public final class MayCollectArtifacts extends RightsCheck {

    public MayCollectArtifacts() {
        super(CheckInfo.error(
                        "may-collect-artifacts",
                        "Artifact garbage collection is not allowed to delete artifacts",
                        Topic.PERMISSIONS)
                .needing(Need.ACCESS_REVIEWS));
    }

    @Override
    boolean covers(NeededRight permission) {
        return permission.party() == Party.WORKFLOW
                && permission.right().resource().equals("workflowartifactgctasks")
                && !permission.purpose().isOfResourceTemplate();
    }

    @Override
    String consequence(Facts facts, List<NeededRight> missingRights) {
        return "artifacts are not deleted, and the workflow keeps its finalizer; artifact GC runs as"
                + " artifactGC.serviceAccountName or as default, never as the workflow's own ServiceAccount";
    }
}
