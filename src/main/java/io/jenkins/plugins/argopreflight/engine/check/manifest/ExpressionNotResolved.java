package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Topic;

/** A check for expressions and variables that Argo does not resolve. */
public final class ExpressionNotResolved extends ExpansionCheck {

    public ExpressionNotResolved() {
        super(
                CheckInfo.warning(
                        "expression-not-resolved",
                        "An expression or variable has no value and stays in the text",
                        Topic.WORKFLOW),
                "Argo leaves the tag in the text as it is, and what reads the field, such as the container, gets it so.",
                Problem.Kind.LITERAL);
    }
}
