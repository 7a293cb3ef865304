package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Topic;

/** A check for workflow parameters without a value. */
public final class ParameterWithoutValue extends ExpansionCheck {

    public ParameterWithoutValue() {
        super(
                CheckInfo.error("parameter-without-value", "A workflow parameter has no value", Topic.WORKFLOW),
                "Argo refuses the workflow, and it ends in Failed.",
                Problem.Kind.NO_VALUE);
    }
}
