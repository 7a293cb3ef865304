package io.jenkins.plugins.argopreflight.engine.workflow.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.Spans;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A value that is not known before the workflow runs.
 *
 * @param path the pod's field in which it stands
 * @param variable such as {@code steps.build.outputs.result}
 * @param reason why it is not known
 */
public record Unresolved(String path, String variable, String reason) {

    /** Returns whether the caller of the template supplies the value. */
    public boolean isOfCaller() {
        return reason.equals(Unknowns.CALLER);
    }

    /**
     * The variables in a spec that nothing has replaced.
     *
     * @param ofCaller accepts those whose values the caller of a template supplies
     */
    public static List<Unresolved> in(JsonNode spec, Predicate<String> ofCaller) {
        List<Unresolved> found = new ArrayList<>();
        Provenance.leaves(spec, "spec", (path, value) -> {
            if (value.isTextual() && value.asText().contains("{{")) {
                Unknowns.tags(value.asText(""))
                        .forEach(tag -> found.add(new Unresolved(
                                path,
                                tag,
                                ofCaller.test(tag)
                                        ? Unknowns.CALLER
                                        : "its value is known only when the workflow runs")));
            }
        });
        return found;
    }

    /** A name with a star in place of each variable. */
    public static String starred(String name) {
        return Spans.replace(name, "*", "{{", "}}");
    }
}
