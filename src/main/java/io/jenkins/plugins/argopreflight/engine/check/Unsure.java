package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.fact.Fact;

/** Findings about what could not be checked. */
public final class Unsure {

    private Unsure() {}

    /** @param what such as {@code whether Secret tls is in namespace ci} */
    public static Finding finding(CheckInfo info, Subject subject, String what, Fact.Unknown<?> unknown) {
        Finding finding = Finding.unknown(info, subject, "Could not check " + what + reason(unknown))
                .title("%s", Title.couldNotCheck(what));
        return because(unknown, finding);
    }

    /** The end of a sentence about what could not be checked. */
    public static String reason(Fact.Unknown<?> unknown) {
        return ": " + unknown.reason().replaceFirst("\\.$", "") + ".";
    }

    /** The finding with the right that is missing. */
    public static Finding because(Fact.Unknown<?> unknown, Finding finding) {
        return unknown.missingRight()
                .map(right -> finding.evidence(EvidenceLine.words("missing right: " + right)))
                .orElse(finding);
    }

    /** A name that still holds a variable. */
    public static Finding open(CheckInfo info, Subject subject, String what, String name) {
        return Finding.unknown(
                        info,
                        subject,
                        "Could not check " + what + " before the workflow runs: the name is " + name + ".")
                .title("%s", Title.couldNotCheck(what));
    }
}
