package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Topic;

/** A check for outputs of steps and tasks that have not run yet, which Argo's own validation does not find. */
public final class OutputTooEarly extends ExpansionCheck {

    private static final String OWN_NAME_UNKNOWN =
            "Argo retries forever: the workflow stays Running, and nothing starts; write the name itself here, or use"
                    + " the variable in the template that is called.";

    public OutputTooEarly() {
        super(
                CheckInfo.error(
                        "output-too-early", "A step uses the output of a step that has not run yet", Topic.WORKFLOW),
                "Argo retries forever: the workflow stays Running, and nothing starts; use the output in a later step,"
                        + " let the task depend on the other, or give both the same when.",
                Problem.Kind.TOO_EARLY);
    }

    @Override
    String consequence(Problem problem) {
        return problem.isAbsent(Problem.Thing.OWN_NAME) ? OWN_NAME_UNKNOWN : super.consequence(problem);
    }
}
