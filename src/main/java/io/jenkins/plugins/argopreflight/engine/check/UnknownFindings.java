package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;

/** Creates findings about facts that could not be checked. */
public final class UnknownFindings {

    private UnknownFindings() {}

    /**
     * Creates a finding about an unknown fact, with the right that is missing.
     *
     * @param question the object of the check, such as {@code whether node n1 exists}
     */
    public static Finding finding(CheckInfo info, Subject subject, String question, Fact.Unknown<?> unknown) {
        return withMissingRight(unknown, finding(info, subject, question, sentence(unknown)));
    }

    /**
     * Creates a finding about an unknown fact of a namespace, with the right that is missing.
     *
     * @param question the object of the check without the namespace, such as {@code whether Secret tls exists}
     */
    public static Finding findingInNamespace(
            CheckInfo info, Subject subject, String question, String namespace, Fact.Unknown<?> unknown) {
        String questionWithNamespace = question + " in namespace " + namespace;
        String title = Title.couldNotCheck(question, namespace);
        Finding finding = finding(info, subject, questionWithNamespace, title, sentence(unknown));
        return withMissingRight(unknown, finding);
    }

    /**
     * Creates a finding about something that could not be checked.
     *
     * @param question the object of the check
     * @param reason the reason, as a sentence with its full stop
     */
    public static Finding finding(CheckInfo info, Subject subject, String question, String reason) {
        return finding(info, subject, question, Title.couldNotCheck(question), reason);
    }

    /** Creates a finding. The reason is a field of it only if the title is the whole question. */
    private static Finding finding(CheckInfo info, Subject subject, String question, String title, String reason) {
        String statement = "Could not check " + question;
        Finding finding =
                Finding.unknown(info, subject, statement + ": " + reason).title("%s", title);
        return Title.fits(statement) ? finding.reason(reason) : finding;
    }

    /** Returns the reason with one full stop at its end. */
    public static String sentence(Fact.Unknown<?> unknown) {
        return sentence(unknown.reason());
    }

    /** Returns a reason with one full stop at its end. */
    public static String sentence(String reason) {
        return reason.endsWith(".") ? reason : reason + ".";
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
