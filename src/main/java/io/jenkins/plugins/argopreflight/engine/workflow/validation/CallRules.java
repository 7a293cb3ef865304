package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.When;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Depends;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Loops;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * How a template can call others; source: argo-workflows workflow/validate/validate.go (validateSteps, validateDAG,
 * validateArgumentsValues, addItemsToScope).
 */
final class CallRules {

    private static final Pattern ITEM = Pattern.compile("\\{\\{\\s*item\\s*}}");
    private static final Set<String> OF_ITEMS = Set.of("AnySucceeded", "AllFailed");
    private static final Pattern NAME = Pattern.compile(TemplateRules.NAME);
    /** Of the rules for one step. */
    private static final int WORK = 10;

    private static final List<String> LOOPS = List.of("withItems", "withParam", "withSequence");

    private final String path;
    private final String name;
    private final JsonNode template;
    private final BiConsumer<String, String> refuse;

    /** @param refuse takes the field's path, and why */
    CallRules(String path, String name, JsonNode template, BiConsumer<String, String> refuse) {
        this.path = path;
        this.name = name;
        this.template = template;
        this.refuse = refuse;
    }

    void check() {
        JsonNode groups = template.path("steps");
        for (int i = 0; i < groups.size(); i++) {
            boolean bare = groups.get(i).isObject();
            JsonNode group = bare ? Json.list().add(groups.get(i)) : groups.get(i);
            for (int j = 0; j < group.size(); j++) {
                String at = path + ".steps[" + i + "]" + (bare ? "" : "[" + j + "]");
                String what = "templates." + name + ".steps[" + i + "]";
                called(at, what, group.get(j));
            }
        }
        if (Json.isSet(template, "dag") && template.path("dag").path("tasks").isEmpty()) {
            refuse.accept(path + ".dag", "templates." + name + " must have at least one task");
        }
        dag(template.path("dag"));
    }

    private void dag(JsonNode dag) {
        List<JsonNode> all = new ArrayList<>();
        dag.path("tasks").forEach(all::add);
        Map<String, JsonNode> byName = Json.byName(dag.path("tasks"));
        Map<String, Set<String>> waits = Depends.waits(byName);
        boolean depends = all.stream().anyMatch(task -> Json.has(task, "depends"));
        boolean ordered = depends || all.stream().anyMatch(task -> Json.has(task, "dependencies"));
        for (int i = 0; i < all.size(); i++) {
            String at = path + ".dag.tasks[" + i + "]";
            called(at, "templates." + name + ".tasks", all.get(i));
            depends(at, all.get(i), depends, ordered, byName);
            order(at, all.get(i), waits);
        }
        String target = Json.text(dag, "target");
        for (String each : target.isBlank() || target.contains("{{") ? new String[0] : target.split(" ")) {
            if (!byName.containsKey(each)) {
                refuse.accept(
                        path + ".dag.target", "templates." + name + ".targets: target '" + each + "' is not defined");
            }
        }
    }

    private void depends(String at, JsonNode task, boolean depends, boolean ordered, Map<String, JsonNode> byName) {
        String own = Json.text(task, "name");
        if (depends && Json.has(task, "dependencies")) {
            refuse.accept(
                    at + ".dependencies",
                    "templates." + name + " cannot use both 'depends' and 'dependencies' in the same DAG template");
        }
        if (depends && Json.isSet(task, "continueOn")) {
            refuse.accept(
                    at + ".continueOn",
                    "templates." + name + " cannot use 'continueOn' when using 'depends'. Instead use"
                            + " 'dep-task.Failed'/'dep-task.Errored'");
        }
        if (ordered && own.matches("\\d.*")) {
            boolean matters = depends || Json.has(task, "dependencies");
            if (matters) {
                refuse.accept(
                        at + ".name",
                        "templates." + name + ".tasks." + own
                                + " name cannot begin with a digit when using either 'depends' or 'dependencies'");
            }
        }
        for (String other : Depends.names(task, OF_ITEMS)) {
            JsonNode found = byName.get(other);
            if (found != null && !Loops.isLoop(found)) {
                refuse.accept(
                        at + ".depends",
                        "templates." + name + ".tasks." + own + " dependency '" + other
                                + "' uses an items-based condition such as .AnySucceeded or .AllFailed but does not"
                                + " contain any items");
            }
        }
    }

    private void called(String at, String what, JsonNode step) {
        Budget.current().charge(Limit.WORK, WORK);
        String own = Json.text(step, "name");
        if (own.isEmpty()) {
            refuse.accept(at, what + ".name is required");
        } else if (!TagWalk.isReplaced(own) && !NAME.matcher(own).matches()) {
            refuse.accept(at + ".name", what + ".name '" + own + "' is invalid: " + TemplateRules.NAMES);
        }
        String whole = what + "." + own;
        arguments(at, whole, step.path("arguments"));
        new ArtifactRules(refuse).arguments(at, whole, step.path("arguments"));
        reference(at, whole, step);
        List<String> given = LOOPS.stream()
                .filter(loop -> loop.equals("withSequence") ? Json.isSet(step, loop) : Json.has(step, loop))
                .toList();
        if (given.size() > 1) {
            refuse.accept(at, whole + " only one of withItems, withParam, withSequence can be specified");
        }
        JsonNode sequence = step.path("withSequence");
        if (Json.has(sequence, "count") && Json.has(sequence, "end")) {
            refuse.accept(at + ".withSequence", whole + " only one of count or end can be defined in withSequence");
        }
        String when = Json.text(step, "when");
        if (!Loops.isLoop(step) && ITEM.matcher(When.unquoted(when)).find()) {
            refuse.accept(
                    at + ".when",
                    "Invalid 'when' expression '" + when + "': the step has no withItems, withParam or withSequence"
                            + " that gives {{item}} a value");
        }
    }

    private void reference(String at, String whole, JsonNode step) {
        JsonNode reference = step.path("templateRef");
        if (reference.isObject()) {
            if (Json.has(step, "template")) {
                refuse.accept(at + ".template", whole + " template name cannot be specified with templateRef.");
            }
            for (String field : List.of("name", "template")) {
                if (!Json.has(reference, field)) {
                    refuse.accept(
                            at + ".templateRef",
                            whole + (field.equals("name") ? " resource" : " template") + " name is required");
                }
            }
        }
        for (Map.Entry<String, JsonNode> hook : step.path("hooks").properties()) {
            if (!hook.getKey().equals("exit") && !Json.has(hook.getValue(), "expression")) {
                refuse.accept(at + ".hooks." + hook.getKey(), whole + "." + hook.getKey() + " Expression required");
            }
        }
    }

    private void arguments(String at, String what, JsonNode arguments) {
        JsonNode parameters = arguments.path("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            JsonNode parameter = parameters.get(i);
            if (!Json.isSet(parameter, "value") && !Json.isSet(parameter, "valueFrom")) {
                String which = what + ".arguments." + Json.text(parameter, "name");
                refuse.accept(
                        at + ".arguments.parameters[" + i + "]",
                        which + ".value or " + which + ".valueFrom is required");
            }
        }
    }

    /** An argument that is another task's output needs that task to come before. */
    private void order(String at, JsonNode task, Map<String, Set<String>> waits) {
        Set<String> names = Depends.names(task);
        for (String kind : List.of("parameters", "artifacts")) {
            JsonNode arguments = task.path("arguments").path(kind);
            for (int i = 0; i < arguments.size(); i++) {
                String field = kind.equals("parameters") ? "value" : "from";
                String value = arguments.get(i).path(field).asText("");
                String other = value.startsWith("{{tasks.")
                        ? value.substring("{{tasks.".length()).split("[.}]")[0]
                        : "";
                // A variable for Argo's validation, and here what it reads as a task has its braces too.
                boolean ofName = value.startsWith("{{tasks.name") && !waits.containsKey(value.split("\\.", 3)[1]);
                if (ofName || waits.containsKey(other) && !Depends.isAncestor(other, names, waits)) {
                    refuse.accept(
                            at + ".arguments." + kind + "[" + i + "]." + field,
                            "templates." + name + ".tasks." + Json.text(task, "name") + " missing dependency '"
                                    + (ofName ? value.split("\\.", 3)[1] : other)
                                    + "' for " + kind.substring(0, kind.length() - 1) + " '"
                                    + Json.text(arguments.get(i), "name") + "'");
                }
            }
        }
    }
}
