package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.Next;
import io.jenkins.plugins.argopreflight.engine.diagnose.Waiting;
import io.jenkins.plugins.argopreflight.engine.facts.change.Change;
import java.util.List;

/** The short texts that every format of a diagnosis shows. */
public final class DiagnosisTexts {

    private static final String UNCHANGED = "Nothing that both runs read has changed.";

    private DiagnosisTexts() {}

    /** Returns a sentence with the workflow, its phase and the result. */
    public static String headline(Diagnosis diagnosis) {
        String workflow = "Workflow " + diagnosis.namespace() + "/" + diagnosis.workflow();
        String phase = diagnosis.phase().isEmpty() ? "" : " (" + diagnosis.phase() + ")";
        if (!diagnosis.causes().isEmpty()) {
            return workflow + phase + ": " + NameList.count(diagnosis.causes().size(), "cause") + " found";
        }
        if (diagnosis.exitCode() != 0) {
            return workflow + phase + ": could not be checked";
        }
        return workflow + phase + (diagnosis.waiting().isEmpty() ? ": no problem found" : ": no problem, it waits");
    }

    /** Returns the object, such as {@code ServiceAccount ci/build, container main, imagePullSecrets}. */
    public static String subject(Cause.Subject subject) {
        String name = subject.namespace().isEmpty() ? subject.name() : subject.namespace() + "/" + subject.name();
        String container = subject.container().isEmpty() ? "" : ", container " + subject.container();
        String path = subject.path().isEmpty() ? "" : ", " + subject.path();
        return (subject.kind() + " " + name).strip() + container + path;
    }

    /** Returns {@code transient} for a cause that can pass without a fix, otherwise {@code permanent}. */
    public static String permanence(Cause cause) {
        return cause.permanent() ? "permanent" : "transient";
    }

    public static String nodes(Cause cause) {
        return NameList.count(cause.nodes().size(), "node") + ": " + NameList.some(cause.nodes());
    }

    public static String evidence(Evidence evidence) {
        String count = evidence.count() > 1 ? ", " + evidence.count() + " times" : "";
        String time = evidence.time().isEmpty() ? "" : ", " + evidence.time();
        return source(evidence) + count + time + ": " + evidence.text();
    }

    /**
     * Returns the object and the field that the evidence was read from, such as
     * {@code Pod ci/build-x7k2p log of container main}.
     */
    public static String source(Evidence evidence) {
        return (evidence.object() + " " + evidence.field()).strip();
    }

    /**
     * Returns the lines of container logs that show the causes, each group below a line with the container's name; ""
     * if there are none.
     */
    public static String logs(Diagnosis diagnosis) {
        StringBuilder text = new StringBuilder();
        String log = "";
        for (Cause cause : diagnosis.causes()) {
            for (Evidence each : cause.evidence()) {
                if (each.isLog()) {
                    text.append(source(each).equals(log) ? "" : "\n  " + source(each) + ":")
                            .append("\n    > ")
                            .append(each.text());
                    log = source(each);
                }
            }
        }
        return text.toString();
    }

    public static String next(Next next) {
        return switch (next) {
            case RESUBMIT -> "After the fix, submit the workflow again.";
            case RETRY -> "After the fix, retry the workflow (argo retry).";
            case RECREATE_POD -> "After the fix, delete the pod: what it holds was read when it was created.";
            case WAIT -> "After the fix, wait: it continues by itself.";
            case NOTHING -> "The workflow needs nothing more.";
        };
    }

    /** Returns the heading of the changes; "" if no earlier run was compared. */
    public static String changedTitle(Diagnosis diagnosis) {
        return diagnosis.changedSince().isEmpty() ? "" : "Changed since " + diagnosis.changedSince();
    }

    /**
     * Returns a line for each change since an earlier run, or one sentence if nothing changed; empty if no earlier run
     * was compared.
     */
    public static List<String> changed(Diagnosis diagnosis) {
        if (diagnosis.changedSince().isEmpty()) {
            return List.of();
        }
        return diagnosis.changed().isEmpty()
                ? List.of(UNCHANGED)
                : diagnosis.changed().stream().map(Change::message).toList();
    }

    public static String waiting(Waiting waiting) {
        String since = waiting.since().isEmpty() ? "" : " (since " + waiting.since() + ")";
        return (waiting.node().isEmpty() ? "" : waiting.node() + ": ") + waiting.reason() + since;
    }
}
