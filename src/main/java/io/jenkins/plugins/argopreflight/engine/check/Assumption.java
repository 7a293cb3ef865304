package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.collect.Facts;

/** Notes on a finding about pods that the controller's settings could not be read. */
public final class Assumption {

    private Assumption() {}

    public static Finding said(Facts facts, Finding finding) {
        String why = facts.controller().assumed().settings();
        return why.isEmpty() || finding.outcome() == Outcome.UNKNOWN
                ? finding
                : finding.evidence(EvidenceLine.words("checked without the controller's settings (" + why
                        + "): workflowDefaults, mainContainer or executor in them can change the result"));
    }
}
