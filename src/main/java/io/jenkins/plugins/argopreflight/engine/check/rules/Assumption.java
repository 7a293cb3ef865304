package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;

/** Notes on a finding about pods that the controller's settings could not be read. */
final class Assumption {

    private Assumption() {}

    static Finding said(Facts facts, Finding finding) {
        String why = facts.controller().assumed().settings();
        return why.isEmpty() || finding.outcome() == Outcome.UNKNOWN
                ? finding
                : finding.evidence("checked without the controller's settings (" + why
                        + "): workflowDefaults, mainContainer or" + " executor in them can change the result");
    }
}
