package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;

/** Findings about what could not be checked. */
final class Unsure {

    private Unsure() {}

    /** @param what such as {@code whether Secret tls is in namespace ci} */
    static Finding finding(CheckInfo info, Subject subject, String what, Fact<?> fact) {
        Fact.Unknown<?> unknown = (Fact.Unknown<?>) fact;
        Finding finding = Finding.unknown(
                        info,
                        subject,
                        "Could not check " + what + ": " + unknown.reason().replaceFirst("\\.$", "") + ".")
                .title("Could not check %s", what);
        return unknown.missingRight()
                .map(right -> finding.evidence("missing right: " + right))
                .orElse(finding);
    }

    /** A name that still holds a variable. */
    static Finding open(CheckInfo info, Subject subject, String what, String name) {
        return Finding.unknown(
                        info,
                        subject,
                        "Could not check " + what + " before the workflow runs: the name is " + name + ".")
                .title("Could not check %s", what);
    }
}
