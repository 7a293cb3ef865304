package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.render.FindingLabels;
import io.jenkins.plugins.argopreflight.engine.render.FollowerLines;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A finding as the page shows it.
 *
 * @param id the id, equal in each build
 * @param outcome FAIL, WARN, UNKNOWN or NOTE
 * @param object the object to fix
 * @param place file and line
 * @param field the field of the object
 * @param condition the condition under which it is a failure; "" for none
 * @param link the URL of the check's help page; "" for none
 * @param followers the findings that are consequences of this one
 * @param since number of the build in which it first appeared; 0 if not known
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

    private static final int MAX_PODS = 5;

    /**
     * Creates the row of a finding.
     *
     * @param fresh ids of the findings that the reference build did not have
     */
    static FindingRow of(String id, Finding finding, Map<String, Integer> firstSeen, Set<String> fresh) {
        return new FindingRow(
                id,
                FindingLabels.outcome(finding),
                finding.check(),
                finding.title(),
                FindingLabels.object(finding.subject()),
                FindingLabels.place(finding.subject()),
                FindingLabels.field(finding.subject()),
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

    /** Returns the name of the row's color in the style sheet. */
    public String tone() {
        return outcome.toLowerCase(Locale.ROOT);
    }

    /** Returns the names of the pods; of many pods only the first ones and the number of the others. */
    public String podNames() {
        return pods.size() <= MAX_PODS
                ? String.join(", ", pods)
                : Messages.FindingRow_pods(String.join(", ", pods.subList(0, MAX_PODS)), pods.size() - MAX_PODS);
    }

    /** Returns the first fix; "" if there is none. */
    public String command() {
        return remediation.isEmpty() ? "" : remediation.get(0);
    }
}
