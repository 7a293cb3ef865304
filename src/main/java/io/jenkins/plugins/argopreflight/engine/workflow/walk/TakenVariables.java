package io.jenkins.plugins.argopreflight.engine.workflow.walk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.validation.TagWalk;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the text of a step or task takes of others, but for what decides whether it runs.
 *
 * @param artifacts its arguments
 */
record TakenVariables(List<Use> variables, JsonNode artifacts) {

    private static final Pattern IN_EXPRESSION = Pattern.compile("(?<![\\w.'\"])(steps|tasks)(?:\\.name\\b(?![.(\\[])"
            + "|(?:\\.(\\w+)|\\['([^']+)']|\\[\"([^\"]+)\"])\\.(exitCode\\b|hostNodeName\\b|outputs\\b[\\w.]*)"
            + "(?:\\[(?:'|\")([^'\"]+)(?:'|\")])?)");

    private static final Set<String> DECIDING = Set.of("hooks", "onExit", "when", "withParam", "withSequence");

    /** The place of a variable in its tag. */
    enum Form {
        /** The tag is the variable. */
        TAG,
        /** The variable is a part of the tag's expression. */
        EXPRESSION,
        /** The expression gives another value for it where it has none: {@code ??}. */
        GUARDED,
        /** The variable is the whole expression. */
        WHOLE
    }

    record Use(String variable, TagWalk.Tag tag, Form form) {}

    /**
     * @param path of the member
     * @param isTask whether it is one of a dag
     */
    static TakenVariables of(JsonNode member, String path, boolean isTask) {
        String text = member.toString();
        if (!text.contains("steps") && !text.contains("tasks")) {
            return new TakenVariables(List.of(), Json.list());
        }
        ObjectNode fields = Json.copy(member);
        fields.remove(DECIDING);
        List<Use> variables = new ArrayList<>();
        for (TagWalk.Tag tag : TagWalk.of(path, fields)) {
            // Argo's validation refuses an argument of a task that begins so.
            if (!isTask || !tag.isArgument() || !tag.name().equals("tasks.name")) {
                variables.add(new Use(tag.name(), tag, Form.TAG));
            }
        }
        for (TagWalk.Tag tag : TagWalk.expressions(path, fields)) {
            Matcher named = IN_EXPRESSION.matcher(tag.name());
            while (named.find()) {
                String owner = named.group(2) != null
                        ? named.group(2)
                        : named.group(3) != null ? named.group(3) : named.group(4);
                String output = named.group(6) == null ? "" : "." + named.group(6);
                String rest = owner == null ? "name" : owner + "." + named.group(5) + output;
                variables.add(new Use(named.group(1) + "." + rest, tag, form(tag.name(), named)));
            }
        }
        return new TakenVariables(variables, fields.path("arguments").path("artifacts"));
    }

    private static Form form(String expression, Matcher named) {
        if (expression.strip().equals(named.group())) {
            return Form.WHOLE;
        }
        boolean guarded =
                expression.substring(named.end()).replace(")", "").strip().startsWith("??");
        return guarded ? Form.GUARDED : Form.EXPRESSION;
    }
}
