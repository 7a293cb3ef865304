package io.jenkins.plugins.argopreflight.engine.check;

import java.util.ArrayList;
import java.util.List;

/**
 * What a check found, or could not look at.
 *
 * @param check its id
 * @param outcome WARN, FAIL or UNKNOWN
 * @param message one or two sentences: what, where, why; never a secret
 * @param evidence what was seen, each in a line: a registry's answer, a field's value, the server's words
 * @param remediation commands or YAML that can be pasted as they stand, the best first; comments begin with #
 * @param link the check's page
 * @param pods names of the pods that suffer
 */
public record Finding(
        String check,
        Outcome outcome,
        Severity severity,
        Subject subject,
        String message,
        List<String> evidence,
        List<String> remediation,
        String link,
        List<String> pods) {

    private static final String PAGES = "https://github.com/jenkinsci/argo-preflight-plugin/blob/main/docs/checks.md#";

    public Finding {
        evidence = List.copyOf(evidence);
        remediation = List.copyOf(remediation);
        pods = List.copyOf(pods);
    }

    public static Finding fail(CheckInfo info, Subject subject, String message) {
        return of(info, Outcome.FAIL, subject, message);
    }

    public static Finding warn(CheckInfo info, Subject subject, String message) {
        return of(info, Outcome.WARN, subject, message);
    }

    /** @param message what could not be looked at, and the right that was missing when that is why */
    public static Finding unknown(CheckInfo info, Subject subject, String message) {
        return of(info, Outcome.UNKNOWN, subject, message);
    }

    private static Finding of(CheckInfo info, Outcome outcome, Subject subject, String message) {
        return new Finding(
                info.id(),
                outcome,
                info.severity(),
                subject,
                message,
                List.of(),
                List.of(),
                page(info.id()),
                List.of());
    }

    /** Where a check is explained. */
    public static String page(String id) {
        return PAGES + id;
    }

    public Finding evidence(String... lines) {
        return new Finding(check, outcome, severity, subject, message, plus(evidence, lines), remediation, link, pods);
    }

    public Finding fix(String... commands) {
        return new Finding(
                check, outcome, severity, subject, message, evidence, plus(remediation, commands), link, pods);
    }

    /** The same with other remedies. */
    public Finding remedied(List<String> remedies) {
        return new Finding(check, outcome, severity, subject, message, evidence, remedies, link, pods);
    }

    public Finding pods(List<String> suffering) {
        return new Finding(check, outcome, severity, subject, message, evidence, remediation, link, suffering);
    }

    private static List<String> plus(List<String> present, String... more) {
        List<String> all = new ArrayList<>(present);
        all.addAll(List.of(more));
        return all;
    }
}
