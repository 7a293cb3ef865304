package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.fix.Visible;

/** How reports call what a finding is about. Every word is in one line and harmless. */
public final class FindingWords {

    private FindingWords() {}

    /** {@code ServiceAccount ci/default}. */
    public static String object(Subject subject) {
        String name = subject.namespace().isEmpty() ? subject.name() : subject.namespace() + "/" + subject.name();
        return Visible.line((subject.kind() + " " + name).strip());
    }

    /** {@code workflow.yaml:12}; "" for what stands in no file. */
    public static String place(Subject subject) {
        return subject.file().isEmpty() || subject.line() == 0
                ? ""
                : Visible.line(subject.file() + ":" + subject.line());
    }

    /** The field and the container, as far as there are such. */
    public static String field(Subject subject) {
        String container = subject.container().isEmpty() ? "" : "container " + subject.container();
        String between = subject.path().isEmpty() || container.isEmpty() ? "" : ", ";
        return Visible.line(subject.path() + between + container);
    }

    /** {@code FAIL}, {@code WARN}, {@code UNKNOWN}, or {@code NOTE} for what no gate counts. */
    public static String outcome(Finding finding) {
        boolean note = finding.severity() == Severity.NOTE && finding.outcome() != Outcome.UNKNOWN;
        return note ? Severity.NOTE.name() : finding.outcome().name();
    }
}
