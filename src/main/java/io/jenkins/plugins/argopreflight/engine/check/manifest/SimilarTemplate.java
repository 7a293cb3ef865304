package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.check.place.SpecPlaces;
import io.jenkins.plugins.argopreflight.engine.cluster.Once;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.manifest.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The template of a workflow that a reference to none probably means. */
final class SimilarTemplate {

    private static final Pattern MISSING = Pattern.compile("template (\\S+) not found");

    private final Once<List<String>> names;

    SimilarTemplate(Facts facts, WorkflowFacts workflow) {
        names = new Once<>(() -> names(facts, workflow));
    }

    private static List<String> names(Facts facts, WorkflowFacts workflow) {
        List<String> names = new ArrayList<>();
        SpecPlaces.of(facts, workflow)
                .forEach(document -> SpecPlaces.spec(document)
                        .path("templates")
                        .forEach(template -> names.add(template.path("name").asText())));
        return names;
    }

    /** Whether Argo's message is about a template that there is not. */
    static boolean isMissing(String message) {
        return MISSING.matcher(message).matches();
    }

    /** A sentence after Argo's message, beginning with a blank; "" for another message, or where no name is similar. */
    String hint(String message) {
        Matcher missing = MISSING.matcher(message);
        if (!missing.matches()) {
            return "";
        }
        return names.get().contains(missing.group(1))
                ? " A template of that name is in another object, where Argo does not look."
                : Nearest.to(missing.group(1), names.get())
                        .map(name -> " Did you mean " + name + "?")
                        .orElse("");
    }
}
