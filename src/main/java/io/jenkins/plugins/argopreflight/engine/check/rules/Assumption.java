package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;

/** Says of a verdict on pods that it hangs on settings of the controller that nobody could see. */
final class Assumption {

    private Assumption() {}

    static Finding said(Facts facts, Finding finding) {
        String why = facts.controller().assumed().settings();
        return why.isEmpty() || finding.outcome() == Outcome.UNKNOWN
                ? finding
                : finding.evidence("the controller's settings are taken as none (" + why + "): workflowDefaults,"
                        + " mainContainer or executor there may say otherwise");
    }
}
