package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.check.location.SpecPlaces;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Once;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import java.util.ArrayList;
import java.util.List;

/** Finds the template of a workflow that was probably meant by a reference to a missing one. */
final class SimilarTemplate {

    /**
     * The maximum number of suggestions. Comparing names takes time, and so many missing names are no spelling
     * mistakes.
     */
    private static final int MAX_SUGGESTIONS = 100;

    private final Once<List<String>> names;
    private int suggestions;

    SimilarTemplate(Facts facts, WorkflowFacts workflow) {
        names = new Once<>(() -> names(facts, workflow));
    }

    private static List<String> names(Facts facts, WorkflowFacts workflow) {
        List<String> names = new ArrayList<>();
        SpecPlaces.of(facts, workflow)
                .forEach(document -> SpecPlaces.spec(document)
                        .path("templates")
                        .forEach(template -> names.add(Json.text(template, "name"))));
        return names;
    }

    /**
     * Returns a sentence after Argo's message, beginning with a blank; "" for another problem, or if no name is
     * similar.
     */
    String hint(Problem problem) {
        if (!problem.isAbsent(Problem.Thing.TEMPLATE)) {
            return "";
        }
        String missing = problem.absent().orElseThrow().name();
        return names.get().contains(missing)
                ? " A template of that name is in another object, where Argo does not look."
                : suggestions++ < MAX_SUGGESTIONS
                        ? SimilarNames.to(missing, names.get())
                                .map(name -> " Did you mean " + name + "?")
                                .orElse("")
                        : "";
    }
}
