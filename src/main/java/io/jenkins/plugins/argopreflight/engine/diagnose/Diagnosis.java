package io.jenkins.plugins.argopreflight.engine.diagnose;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.argopreflight.engine.facts.change.Change;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The reasons why a workflow failed or does not continue, as plain data without secrets. Absent texts are {@code ""}.
 *
 * @param workflow the name of the workflow
 * @param uid the uid of the workflow that was read; {@code ""} if it could not be read
 * @param phase the phase of the workflow, such as Failed; {@code ""} if no controller has worked on it, or it was
 *     deleted
 * @param message the message of the workflow
 * @param causes the causes, the most important first; empty if none was found
 * @param consequences the effects of the causes
 * @param waiting the nodes that wait as intended
 * @param notes the objects that no longer exist or were left out, and what was used instead
 * @param unknown the facts that could not be checked
 * @param cost the requests and the time of the diagnosis
 * @param changedSince the run that it was compared with, such as {@code build #41}; {@code ""} if it was not compared
 * @param changed the differences from that run, of the objects that both read
 * @param unfinished the names of the nodes that had not ended; empty if that is unknown, or the workflow had ended
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

    /** The number of requests that were sent, and the duration. */
    public record Cost(long apiCalls, long registryCalls, long wallMillis) {}

    /**
     * A fact that could not be checked, which is never treated as passing.
     *
     * @param fact the name of the fact, such as {@code events in namespace ci}
     * @param missingRight the right that was missing, as kubectl names it; {@code ""} if that is not the reason
     * @param asked whether a cause can be hidden by it
     */
    public record Unknown(String fact, String reason, String missingRight, boolean asked) {}

    /** The exit codes of the command: nothing found, a cause found, or not checked. */
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

    /** Returns this diagnosis with the changes since an earlier run. */
    public Diagnosis changedSince(String run, List<Change> changes) {
        return with(causes, notes, unknown, run, changes, unfinished);
    }

    /**
     * Returns this diagnosis with its texts rewritten for another audience. Evidence stays as it is.
     *
     * @param sentence rewrites a sentence
     * @param fixText writes a fix
     */
    public Diagnosis worded(UnaryOperator<String> sentence, Function<Fix, List<FixText>> fixText) {
        return with(
                causes.stream().map(cause -> cause.worded(sentence, fixText)).toList(),
                notes.stream().map(sentence).toList(),
                unknown.stream()
                        .map(each -> new Unknown(
                                sentence.apply(each.fact()),
                                sentence.apply(each.reason()),
                                each.missingRight(),
                                each.asked()))
                        .toList(),
                changedSince,
                changed,
                unfinished);
    }

    /** Returns this diagnosis with other causes. */
    public Diagnosis withCauses(List<Cause> others) {
        return with(others, notes, unknown, changedSince, changed, unfinished);
    }

    /** Returns this diagnosis with the names of the nodes that had not ended. */
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

    /** Returns whether the workflow ended: Succeeded, Failed or Error. */
    @JsonIgnore
    public boolean isEnded() {
        return phase.equals("Succeeded") || isFailed();
    }

    /** Returns whether the workflow ended with Failed or Error. */
    @JsonIgnore
    public boolean isFailed() {
        return phase.equals("Failed") || phase.equals("Error");
    }

    /**
     * Returns whether waiting does not help: a cause is certain and permanent, and some of its nodes have not ended.
     */
    @JsonIgnore
    public boolean isPermanent() {
        return permanent().isPresent();
    }

    /** Returns the most important of the causes that are certain and permanent and have nodes that have not ended. */
    @JsonIgnore
    public Optional<Cause> permanent() {
        return causes.stream()
                .filter(cause -> cause.permanent() && cause.evidence().stream().noneMatch(Evidence::isPossible))
                .filter(cause -> unfinished.isEmpty()
                        || cause.nodes().isEmpty()
                        || cause.nodes().stream().anyMatch(unfinished::contains))
                .findFirst();
    }

    /** Returns 0 for no cause, 1 for a cause, and 3 if no cause was found and a requested fact could not be checked. */
    public int exitCode() {
        if (!causes.isEmpty()) {
            return CAUSE;
        }
        return unknown.stream().anyMatch(Unknown::asked) ? UNCHECKED : OK;
    }
}
