package io.jenkins.plugins.argopreflight.engine.diagnose;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.argopreflight.engine.change.Change;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Why a workflow failed or does not go on, as plain data. Nothing in it is a secret. Absent texts are "".
 *
 * @param workflow its name
 * @param uid of the workflow that was read; "" when it could not be
 * @param phase the workflow's, such as Failed; "" when no controller has worked on it, or it is gone
 * @param message the workflow's
 * @param causes the most important first; empty: none was found
 * @param consequences what the causes led to
 * @param waiting what waits as it is meant to
 * @param notes what is gone or was left out, and what was used in its place
 * @param unknown what could not be checked
 * @param cost what it took
 * @param changedSince the run that it was compared with, such as {@code build #41}; "" when it was not compared
 * @param changed what is not as it was then, of what both read
 * @param unfinished names of the nodes that had not ended; none when that is not known, or the workflow had ended
 */
public record Diagnosis(
        String workflow,
        String namespace,
        String uid,
        String phase,
        String message,
        List<Cause> causes,
        List<Consequence> consequences,
        List<Waiting> waiting,
        List<String> notes,
        List<Unknown> unknown,
        Cost cost,
        String changedSince,
        List<Change> changed,
        @JsonIgnore Set<String> unfinished) {

    /** Requests that were sent. */
    public record Cost(long apiCalls, long registryCalls, long wallMillis) {}

    /**
     * Something that could not be checked: never a verdict.
     *
     * @param fact what, such as {@code events in namespace ci}
     * @param missingRight the right that was missing, as kubectl names it; "" when that is not why
     * @param asked whether a cause can be hidden by it
     */
    public record Unknown(String fact, String reason, String missingRight, boolean asked) {}

    /** Exit code of the command: nothing found, a cause found, or not checked. */
    private static final int OK = 0;

    private static final int CAUSE = 1;
    private static final int UNCHECKED = 3;

    public Diagnosis {
        causes = List.copyOf(causes);
        consequences = List.copyOf(consequences);
        waiting = List.copyOf(waiting);
        notes = List.copyOf(notes);
        unknown = List.copyOf(unknown);
        changedSince = Objects.requireNonNullElse(changedSince, "");
        changed = changed == null ? List.of() : List.copyOf(changed);
        unfinished = unfinished == null ? Set.of() : Set.copyOf(unfinished);
    }

    /** The same with what changed since an earlier run. */
    public Diagnosis changedSince(String run, List<Change> changes) {
        return with(causes, notes, unknown, run, changes, unfinished);
    }

    /**
     * The same in the words of another reader; what was seen stays as it is.
     *
     * @param words rewrites a sentence
     * @param written writes a fix
     */
    public Diagnosis worded(UnaryOperator<String> words, Function<Fix, List<String>> written) {
        return with(
                causes.stream().map(cause -> cause.worded(words, written)).toList(),
                notes.stream().map(words).toList(),
                unknown.stream()
                        .map(each -> new Unknown(
                                words.apply(each.fact()),
                                words.apply(each.reason()),
                                each.missingRight(),
                                each.asked()))
                        .toList(),
                changedSince,
                changed,
                unfinished);
    }

    /** The same where these nodes had not ended. */
    public Diagnosis unfinished(Set<String> nodes) {
        return with(causes, notes, unknown, changedSince, changed, nodes);
    }

    private Diagnosis with(
            List<Cause> newCauses,
            List<String> newNotes,
            List<Unknown> newUnknown,
            String run,
            List<Change> changes,
            Set<String> nodes) {
        return new Diagnosis(
                workflow,
                namespace,
                uid,
                phase,
                message,
                newCauses,
                consequences,
                waiting,
                newNotes,
                newUnknown,
                cost,
                run,
                changes,
                nodes);
    }

    /** Whether the workflow ended: Succeeded, Failed or Error. */
    @JsonIgnore
    public boolean isEnded() {
        return phase.equals("Succeeded") || isFailed();
    }

    /** Whether it ended in Failed or Error. */
    @JsonIgnore
    public boolean isFailed() {
        return phase.equals("Failed") || phase.equals("Error");
    }

    /** Returns whether waiting is of no use: a cause is certain and permanent, and some of its nodes have not ended. */
    @JsonIgnore
    public boolean isPermanent() {
        return permanent().isPresent();
    }

    /** The most important of the causes that are certain and permanent. */
    @JsonIgnore
    public Optional<Cause> permanent() {
        return causes.stream()
                .filter(cause -> cause.permanent() && cause.evidence().stream().noneMatch(Evidence::isPossible))
                .filter(cause -> unfinished.isEmpty()
                        || cause.nodes().isEmpty()
                        || cause.nodes().stream().anyMatch(unfinished::contains))
                .findFirst();
    }

    /** 0 no cause, 1 a cause, 3 not checked: something that was asked for could not be read, and no cause was found. */
    public int exitCode() {
        if (!causes.isEmpty()) {
            return CAUSE;
        }
        return unknown.stream().anyMatch(Unknown::asked) ? UNCHECKED : OK;
    }
}
