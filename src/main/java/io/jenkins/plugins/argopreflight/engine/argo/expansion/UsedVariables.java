package io.jenkins.plugins.argopreflight.engine.argo.expansion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Expression;
import io.jenkins.plugins.argopreflight.engine.argo.expression.VariableUse;
import io.jenkins.plugins.argopreflight.engine.argo.validation.TagFinder;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The variables of other steps or tasks in the text of a step or task, without those in fields that decide whether it
 * runs.
 *
 * @param artifacts its arguments that are artifacts
 */
record UsedVariables(List<Use> variables, JsonNode artifacts) {

    private static final Set<String> KINDS = Set.of("steps", "tasks");

    /** Variables of an ended step or task that are not its outputs. */
    private static final Set<String> RESULTS = Set.of("exitCode", "hostNodeName");

    /** Positions of a variable for which nil is no value. */
    private static final Set<VariableUse.Position> NEEDED =
            Set.of(VariableUse.Position.WHOLE, VariableUse.Position.OPERAND);

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
            for (VariableUse use : Expression.parse(tag.name()).uses()) {
                variable(use).ifPresent(variable -> variables.add(new Use(variable, tag, form(use))));
            }
        }
        return new UsedVariables(variables, fields.path("arguments").path("artifacts"));
    }

    /** Returns the name of a variable that a step or task has when it has ended; empty for another variable. */
    private static Optional<String> variable(VariableUse use) {
        List<String> path = use.path();
        if (use.isOptional() && !NEEDED.contains(use.position()) || !KINDS.contains(path.get(0)) || path.size() < 2) {
            return Optional.empty();
        }
        if (path.size() == 2) {
            return Optional.of(use.name()).filter(AbsentOutputs.OWN_NAMES::contains);
        }
        return path.get(2).equals("outputs")
                ? Optional.of(use.name())
                : Optional.of(String.join(".", path.subList(0, 3))).filter(name -> RESULTS.contains(path.get(2)));
    }

    private static Form form(VariableUse use) {
        return switch (use.position()) {
            case WHOLE -> Form.WHOLE;
            case GUARDED -> Form.GUARDED;
            case OPERAND, OTHER -> Form.EXPRESSION;
        };
    }
}
