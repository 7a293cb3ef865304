package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.render.ConsequenceLines;
import io.jenkins.plugins.argopreflight.engine.render.FindingLabels;
import io.jenkins.plugins.argopreflight.engine.render.ShownOutcome;
import java.util.List;

/**
 * A finding on the page of a build.
 *
 * @param id the id of the finding, which is the same in later builds
 * @param since number of the build in which the finding first appeared; 0 if not known
 * @param isNew whether the reference build did not have the finding
 */
public record FindingRow(String id, Finding finding, int since, boolean isNew) {

    private static final int MAX_PODS = 5;

    public ShownOutcome outcome() {
        return ShownOutcome.of(finding);
    }

    /** Returns the name of the row's color in the style sheet. */
    public String tone() {
        return outcome().label();
    }

    /** Returns the object to fix. */
    public String object() {
        return FindingLabels.object(finding.subject());
    }

    /** Returns file and line. */
    public String place() {
        return FindingLabels.place(finding.subject());
    }

    /** Returns the field of the object. */
    public String field() {
        return FindingLabels.field(finding.subject());
    }

    public List<String> evidence() {
        return finding.evidence();
    }

    public List<String> remediation() {
        return finding.remediation();
    }

    /** Returns the first line of the fix, which is a command or an instruction; "" if there is none. */
    public String command() {
        return remediation().isEmpty() ? "" : remediation().get(0);
    }

    /** Returns the names of the pods; of many pods only the first ones and the number of the others. */
    public String podNames() {
        List<String> pods = finding.pods();
        return pods.size() <= MAX_PODS
                ? String.join(", ", pods)
                : Messages.FindingRow_pods(String.join(", ", pods.subList(0, MAX_PODS)), pods.size() - MAX_PODS);
    }

    /** Returns the URL of the check's help page; "" for none. */
    public String link() {
        return finding.link().startsWith("https://") ? finding.link() : "";
    }

    /** Returns the findings that are consequences of this one. */
    public ConsequenceLines consequences() {
        return ConsequenceLines.of(finding);
    }
}
