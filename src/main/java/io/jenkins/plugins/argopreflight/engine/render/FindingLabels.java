package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;

/**
 * The object and the position of a finding, as reports show them. Each text is one line without control characters.
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
}
