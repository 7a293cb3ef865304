package io.jenkins.plugins.argopreflight.engine.check.catalog;

import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.check.Note;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.pull.PullNotes;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The notes of a report on what its run approximated or could not resolve. */
public final class RunNotes {

    private RunNotes() {}

    /** Returns the notes without duplicates. Notes beyond the limits of the run are left out. */
    public static List<Note> of(Facts facts) {
        Set<Note> notes = new LinkedHashSet<>();
        Budget budget = Budget.current();
        try {
            Stream.of(
                            PullNotes.unresolved(facts),
                            PullNotes.unread(facts),
                            PullNotes.withoutDeadline(facts),
                            facts.workflows().stream().flatMap(RunNotes::approximations))
                    .flatMap(each -> each)
                    .forEach(note -> {
                        budget.chargeText(note.detail().length());
                        if (notes.add(note)) {
                            budget.charge(Limit.FINDINGS, 1);
                        }
                    });
        } catch (OverBudget e) {
            budget.leftOut("further notes", e);
        }
        return List.copyOf(notes);
    }

    /**
     * Returns a note for each loop of which only one pod was checked, and for each recursion of which only a few rounds
     * were checked.
     */
    private static Stream<Note> approximations(WorkflowFacts workflow) {
        return workflow.problems().stream()
                .filter(problem -> problem.kind() == Problem.Kind.ABRIDGED)
                .map(problem -> Note.of(
                        Note.Kind.APPROXIMATE_PODS,
                        Places.of(workflow, problem),
                        Title.format("One pod was checked for many"),
                        problem.text() + "; differences between them were not checked."));
    }
}
