package io.jenkins.plugins.argopreflight.engine.argo.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Spans;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A value that is not known before the workflow runs.
 *
 * @param path the pod's field with the value
 * @param variable such as {@code steps.build.outputs.result}
 * @param reason the reason why it is not known
 * @param isOfCaller whether the caller of the template supplies the value
 */
public record Unresolved(String path, String variable, String reason, boolean isOfCaller) {

    /**
     * Returns the variables in a spec that were not replaced.
     *
     * @param ofCaller accepts variables whose values the caller of a template supplies
     */
    public static List<Unresolved> in(JsonNode spec, Predicate<String> ofCaller) {
        List<Unresolved> variables = new ArrayList<>();
        Provenance.forEachLeaf(spec, "spec", (path, value) -> {
            if (value.isTextual() && value.asText().contains("{{")) {
                for (String tag : UnknownValues.tags(Json.text(value))) {
                    boolean isOfCaller = ofCaller.test(tag);
                    String reason =
                            isOfCaller ? UnknownValues.CALLER : "its value is known only when the workflow runs";
                    variables.add(new Unresolved(path, tag, reason, isOfCaller));
                }
            }
        });
        return variables;
    }

    /** Returns the name with a star in place of each variable. */
    public static String starred(String name) {
        return Spans.replace(name, "*", "{{", "}}");
    }
}
