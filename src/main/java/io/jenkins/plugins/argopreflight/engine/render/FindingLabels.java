package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;

/**
 * The texts with which reports show the object, the position and the outcome of a finding. Each is one line without
 * control characters.
 */
public final class FindingLabels {

    private FindingLabels() {}

    /** Returns the object, such as {@code ServiceAccount ci/default}. */
    public static String object(Subject subject) {
        String name = subject.namespace().isEmpty() ? subject.name() : subject.namespace() + "/" + subject.name();
        return Visible.line((subject.kind() + " " + name).strip());
    }

    /** Returns the position, such as {@code workflow.yaml:12}; "" for an object that is not in a file. */
    public static String place(Subject subject) {
        return subject.file().isEmpty() || subject.line() == 0
                ? ""
                : Visible.line(subject.file() + ":" + subject.line());
    }

    /** Returns the field and the container; "" if the finding has neither. */
    public static String field(Subject subject) {
        String container = subject.container().isEmpty() ? "" : "container " + subject.container();
        String separator = subject.path().isEmpty() || container.isEmpty() ? "" : ", ";
        return Visible.line(subject.path() + separator + container);
    }

    /** Returns {@code FAIL}, {@code WARN}, {@code UNKNOWN}, or {@code NOTE} for a finding that never fails a build. */
    public static String outcome(Finding finding) {
        boolean isNote = finding.severity() == Severity.NOTE && finding.outcome() != Outcome.UNKNOWN;
        return isNote ? Severity.NOTE.name() : finding.outcome().name();
    }
}
