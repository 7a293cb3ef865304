package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.facts.Facts;

/** A note on findings about pods for which the controller's settings could not be read. */
public final class Assumption {

    private Assumption() {}

    /**
     * Returns the finding, with a note as evidence if the controller's settings could not be read. An UNKNOWN finding
     * stays unchanged.
     */
    public static Finding noteUnreadSettings(Facts facts, Finding finding) {
        String reason = facts.controller().assumed().settings().text();
        return reason.isEmpty() || finding.outcome() == Outcome.UNKNOWN
                ? finding
                : finding.evidence(EvidenceLine.words("checked without the controller's settings (" + reason
                        + "): workflowDefaults, mainContainer or executor in them can change the result"));
    }
}
