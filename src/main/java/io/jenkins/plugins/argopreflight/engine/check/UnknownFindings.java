package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;

/** Creates findings about facts that could not be checked. */
public final class UnknownFindings {

    private UnknownFindings() {}

    /**
     * Creates a finding about an unknown fact, with the right that is missing.
     *
     * @param question the object of the check, such as {@code whether Secret tls is in namespace ci}
     */
    public static Finding finding(CheckInfo info, Subject subject, String question, Fact.Unknown<?> unknown) {
        Finding finding = Finding.unknown(info, subject, "Could not check " + question + reason(unknown))
                .title("%s", Title.couldNotCheck(question));
        return withMissingRight(unknown, finding);
    }

    /** Returns the end of a sentence about something that could not be checked: a colon and the reason. */
    public static String reason(Fact.Unknown<?> unknown) {
        return ": " + unknown.reason().replaceFirst("\\.$", "") + ".";
    }

    /** Returns the finding with the missing right as evidence, if one is known. */
    public static Finding withMissingRight(Fact.Unknown<?> unknown, Finding finding) {
        Finding because = finding.because(Missing.Unread.of(unknown));
        return unknown.missingRight()
                .map(right -> because.evidence(EvidenceLine.words("missing right: " + right)))
                .orElse(because);
    }

    /** Creates a finding about an object whose name contains an unresolved variable. */
    public static Finding unresolvedName(CheckInfo info, Subject subject, String question, String name) {
        return Finding.unknown(
                        info,
                        subject,
                        "Could not check " + question + " before the workflow runs: the name is " + name + ".")
                .title("%s", Title.couldNotCheck(question));
    }
}
