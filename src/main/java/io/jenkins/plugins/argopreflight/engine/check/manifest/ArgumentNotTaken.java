package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Topic;

/** A check for arguments that the template does not declare. */
public final class ArgumentNotTaken extends ExpansionCheck {

    public ArgumentNotTaken() {
        super(
                CheckInfo.warning(
                        "argument-not-taken",
                        "A step passes an argument that its template does not have",
                        Topic.WORKFLOW),
                "Argo ignores the argument, and the template uses its own default.",
                Problem.Kind.SUPERFLUOUS);
    }
}
