package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The steps or dag template that calls a node.
 *
 * @param template the template as written, without substitution
 * @param results names of the steps and tasks to whose {@code outputs.result} the template refers
 */
public record Boundary(JsonNode template, Set<String> results) {

    /**
     * Pattern of a result in the JSON text of a template, which Argo searches as well, in tags and in other texts (<a
     * href="https://github.com/argoproj/argo-workflows/blob/v4.0.5/workflow/controller/operator.go">
     * workflow/controller/operator.go</a>, hasOutputResultRef).
     */
    private static final Pattern RESULT = Pattern.compile(
            "(?:steps|tasks)(?:\\.([^.{}]+)|\\[(?:\\\\?[\"'])([^\"'\\\\]+)\\\\?[\"']])\\.outputs\\.result");

    public static Boundary of(JsonNode template) {
        Set<String> results = new HashSet<>();
        Matcher reference = RESULT.matcher(template.toString());
        while (reference.find()) {
            results.add(reference.group(1) != null ? reference.group(1) : reference.group(2));
        }
        return new Boundary(template, results);
    }
}
