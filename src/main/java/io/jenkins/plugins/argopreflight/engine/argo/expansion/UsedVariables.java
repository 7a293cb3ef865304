package io.jenkins.plugins.argopreflight.engine.argo.expansion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.validation.TagFinder;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables of other steps or tasks in the text of a step or task, without those in fields that decide whether it
 * runs.
 *
 * @param artifacts its arguments that are artifacts
 */
record UsedVariables(List<Use> variables, JsonNode artifacts) {

    private static final Pattern IN_EXPRESSION = Pattern.compile("(?<![\\w.'\"])(steps|tasks)(?:\\.name\\b(?![.(\\[])"
            + "|(?:\\.(\\w+)|\\['([^']+)']|\\[\"([^\"]+)\"])\\.(exitCode\\b|hostNodeName\\b|outputs\\b[\\w.]*)"
            + "(?:\\[(?:'|\")([^'\"]+)(?:'|\")])?)");

    private static final Set<String> DECIDING_FIELDS = Set.of("hooks", "onExit", "when", "withParam", "withSequence");

    /** The position of a variable in its tag. */
    enum Form {
        /** The tag is the variable. */
        TAG,
        /** The variable is a part of the tag's expression. */
        EXPRESSION,
        /** The expression has another value for a variable without value: {@code ??}. */
        GUARDED,
        /** The variable is the whole expression. */
        WHOLE
    }

    record Use(String variable, TagFinder.Tag tag, Form form) {}

    /**
     * Reads the variables of a step or task.
     *
     * @param path path of the step or task
     * @param isTask whether it is a task of a dag
     */
    static UsedVariables of(JsonNode member, String path, boolean isTask) {
        String text = member.toString();
        if (!text.contains("steps") && !text.contains("tasks")) {
            return new UsedVariables(List.of(), Json.list());
        }
        ObjectNode fields = Json.copy(member);
        fields.remove(DECIDING_FIELDS);
        List<Use> variables = new ArrayList<>();
        for (TagFinder.Tag tag : TagFinder.of(path, fields)) {
            // Argo's validation refuses an argument of a task that begins like this.
            if (!isTask || !tag.isArgument() || !tag.name().equals("tasks.name")) {
                variables.add(new Use(tag.name(), tag, Form.TAG));
            }
        }
        for (TagFinder.Tag tag : TagFinder.expressions(path, fields)) {
            Matcher match = IN_EXPRESSION.matcher(tag.name());
            while (match.find()) {
                String owner = match.group(2) != null
                        ? match.group(2)
                        : match.group(3) != null ? match.group(3) : match.group(4);
                String output = match.group(6) == null ? "" : "." + match.group(6);
                String memberAndField = owner == null ? "name" : owner + "." + match.group(5) + output;
                variables.add(new Use(match.group(1) + "." + memberAndField, tag, form(tag.name(), match)));
            }
        }
        return new UsedVariables(variables, fields.path("arguments").path("artifacts"));
    }

    private static Form form(String expression, Matcher match) {
        if (expression.strip().equals(match.group())) {
            return Form.WHOLE;
        }
        boolean isGuarded =
                expression.substring(match.end()).replace(")", "").strip().startsWith("??");
        return isGuarded ? Form.GUARDED : Form.EXPRESSION;
    }
}
