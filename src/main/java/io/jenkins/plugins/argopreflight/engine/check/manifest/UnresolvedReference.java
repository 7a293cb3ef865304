package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;

/** A check for references to templates, or to other objects that Argo reads, which do not exist. */
public final class UnresolvedReference extends ExpansionCheck {

    public UnresolvedReference() {
        super(
                CheckInfo.error(
                                "unresolved-reference",
                                "The workflow refers to a template or another object that does not exist",
                                Topic.WORKFLOW)
                        .needing(Need.WORKFLOW_TEMPLATES, Need.CLUSTER_WORKFLOW_TEMPLATES, Need.CONFIG_MAPS),
                "The workflow ends in Error there.",
                Problem.Kind.MISSING_REFERENCE,
                Problem.Kind.UNKNOWN_REFERENCE);
    }
}
