package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.render.FindingWords;
import io.jenkins.plugins.argopreflight.engine.render.FollowerLines;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A finding as the page shows it.
 *
 * @param id the same in every build
 * @param outcome FAIL, WARN, UNKNOWN or NOTE
 * @param object to fix
 * @param place file and line
 * @param field of the object
 * @param condition on which it is a failure; "" in any case
 * @param link the check's page; "" when there is none
 * @param followers what only follows from it
 * @param since number of the build in which it appeared; 0 when no one knows
 * @param isNew whether the reference build did not have it
 */
public record FindingRow(
        String id,
        String outcome,
        String check,
        String title,
        String object,
        String place,
        String field,
        String detail,
        String condition,
        List<String> evidence,
        List<String> remediation,
        List<String> pods,
        String link,
        FollowerLines followers,
        int since,
        boolean isNew) {

    private static final int PODS = 5;

    /** @param fresh ids of what the reference build did not have */
    static FindingRow of(String id, Finding finding, Map<String, Integer> firstSeen, Set<String> fresh) {
        return new FindingRow(
                id,
                FindingWords.outcome(finding),
                finding.check(),
                finding.title(),
                FindingWords.object(finding.subject()),
                FindingWords.place(finding.subject()),
                FindingWords.field(finding.subject()),
                finding.detail(),
                finding.condition(),
                finding.evidence(),
                finding.remediation(),
                finding.pods(),
                finding.link().startsWith("https://") ? finding.link() : "",
                FollowerLines.of(finding),
                firstSeen.getOrDefault(id, 0),
                fresh.contains(id));
    }

    /** The name of its colour in the style sheet. */
    public String tone() {
        return outcome.toLowerCase(Locale.ROOT);
    }

    /** The first ones of many. */
    public String podNames() {
        return pods.size() <= PODS
                ? String.join(", ", pods)
                : Messages.FindingRow_pods(String.join(", ", pods.subList(0, PODS)), pods.size() - PODS);
    }

    /** The first thing to do; "" when no one knows one. */
    public String command() {
        return remediation.isEmpty() ? "" : remediation.get(0);
    }
}
