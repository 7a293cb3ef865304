package io.jenkins.plugins.argopreflight.engine.argo.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.When;
import io.jenkins.plugins.argopreflight.engine.argo.template.Depends;
import io.jenkins.plugins.argopreflight.engine.argo.template.Loops;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Rules for the calls of a template; source: argo-workflows workflow/validate/validate.go (validateSteps, validateDAG,
 * validateArgumentsValues, addItemsToScope).
 */
final class CallRules {

    /** A use of the loop's item. */
    static final Pattern ITEM = Pattern.compile("\\{\\{\\s*item\\s*}}");
    /** Conditions in {@code depends} on the iterations of a loop. */
    private static final Set<String> ITEM_CONDITIONS = Set.of("AnySucceeded", "AllFailed");

    private static final Pattern NAME = Pattern.compile(TemplateRules.NAME);
    /** Charge for the rules of one step, in units of work. */
    private static final int STEP_WORK = 10;

    private static final List<String> LOOPS = List.of("withItems", "withParam", "withSequence");

    private final String path;
    private final String name;
    private final JsonNode template;
    private final List<Depends> depends;
    private final BiConsumer<String, String> refuse;

    /**
     * Creates the rules for one template.
     *
     * @param depends the dependencies of each task, for a dag
     * @param refuse consumes the field's path and the reason
     */
    CallRules(String path, String name, JsonNode template, List<Depends> depends, BiConsumer<String, String> refuse) {
        this.path = path;
        this.name = name;
        this.template = template;
        this.depends = depends;
        this.refuse = refuse;
    }

    void check() {
        JsonNode groups = template.path("steps");
        for (int i = 0; i < groups.size(); i++) {
            boolean isSingleStep = groups.get(i).isObject();
            JsonNode group = isSingleStep ? Json.list().add(groups.get(i)) : groups.get(i);
            for (int j = 0; j < group.size(); j++) {
                String fieldPath = path + ".steps[" + i + "]" + (isSingleStep ? "" : "[" + j + "]");
                String label = "templates." + name + ".steps[" + i + "]";
                checkCall(fieldPath, label, group.get(j));
            }
        }
        if (Json.isSet(template, "dag") && template.path("dag").path("tasks").isEmpty()) {
            refuse.accept(path + ".dag", "templates." + name + " must have at least one task");
        }
        checkDag(template.path("dag"));
    }

    private void checkDag(JsonNode dag) {
        List<JsonNode> tasks = new ArrayList<>();
        dag.path("tasks").forEach(tasks::add);
        Map<String, JsonNode> byName = Json.byName(dag.path("tasks"));
        Map<String, Set<String>> dependencies = Depends.names(depends);
        boolean usesDepends = tasks.stream().anyMatch(task -> Json.has(task, "depends"));
        boolean hasOrder = usesDepends || tasks.stream().anyMatch(task -> Json.has(task, "dependencies"));
        for (int i = 0; i < tasks.size(); i++) {
            String fieldPath = path + ".dag.tasks[" + i + "]";
            checkCall(fieldPath, "templates." + name + ".tasks", tasks.get(i));
            checkDepends(fieldPath, tasks.get(i), depends.get(i), usesDepends, hasOrder, byName);
            checkOrder(fieldPath, tasks.get(i), depends.get(i).names(), dependencies);
        }
        String target = Json.text(dag, "target");
        for (String each : target.isBlank() || target.contains("{{") ? new String[0] : target.split(" ")) {
            if (!byName.containsKey(each)) {
                refuse.accept(
                        path + ".dag.target", "templates." + name + ".targets: target '" + each + "' is not defined");
            }
        }
    }

    private void checkDepends(
            String fieldPath,
            JsonNode task,
            Depends dependsOfTask,
            boolean usesDepends,
            boolean hasOrder,
            Map<String, JsonNode> byName) {
        String ownName = Json.text(task, "name");
        if (usesDepends && Json.has(task, "dependencies")) {
            refuse.accept(
                    fieldPath + ".dependencies",
                    "templates." + name + " cannot use both 'depends' and 'dependencies' in the same DAG template");
        }
        if (usesDepends && Json.isSet(task, "continueOn")) {
            refuse.accept(
                    fieldPath + ".continueOn",
                    "templates." + name + " cannot use 'continueOn' when using 'depends'. Instead use"
                            + " 'dep-task.Failed'/'dep-task.Errored'");
        }
        if (hasOrder && ownName.matches("\\d.*")) {
            boolean isChecked = usesDepends || Json.has(task, "dependencies");
            if (isChecked) {
                refuse.accept(
                        fieldPath + ".name",
                        "templates." + name + ".tasks." + ownName
                                + " name cannot begin with a digit when using either 'depends' or 'dependencies'");
            }
        }
        for (String other : dependsOfTask.names(ITEM_CONDITIONS)) {
            JsonNode dependency = byName.get(other);
            if (dependency != null && !Loops.isLoop(dependency)) {
                refuse.accept(
                        fieldPath + ".depends",
                        "templates." + name + ".tasks." + ownName + " dependency '" + other
                                + "' uses an items-based condition such as .AnySucceeded or .AllFailed but does not"
                                + " contain any items");
            }
        }
    }

    private void checkCall(String fieldPath, String label, JsonNode step) {
        Budget.current().charge(Limit.WORK_UNITS, STEP_WORK);
        String ownName = Json.text(step, "name");
        if (ownName.isEmpty()) {
            refuse.accept(fieldPath, label + ".name is required");
        } else if (!TagFinder.isReplaced(ownName) && !NAME.matcher(ownName).matches()) {
            refuse.accept(fieldPath + ".name", label + ".name '" + ownName + "' is invalid: " + TemplateRules.NAMES);
        }
        String stepLabel = label + "." + ownName;
        arguments(fieldPath, stepLabel, step.path("arguments"));
        new ArtifactRules(refuse).arguments(fieldPath, stepLabel, step.path("arguments"));
        reference(fieldPath, stepLabel, step);
        List<String> loops = LOOPS.stream()
                .filter(loop -> loop.equals("withSequence") ? Json.isSet(step, loop) : Json.has(step, loop))
                .toList();
        if (loops.size() > 1) {
            refuse.accept(fieldPath, stepLabel + " only one of withItems, withParam, withSequence can be specified");
        }
        JsonNode sequence = step.path("withSequence");
        if (Json.has(sequence, "count") && Json.has(sequence, "end")) {
            refuse.accept(
                    fieldPath + ".withSequence",
                    stepLabel + " only one of count or end can be defined in withSequence");
        }
        String when = Json.text(step, "when");
        if (!Loops.isLoop(step) && ITEM.matcher(When.unquoted(when)).find()) {
            refuse.accept(
                    fieldPath + ".when",
                    "Invalid 'when' expression '" + when + "': the step has no withItems, withParam or withSequence"
                            + " that gives {{item}} a value");
        }
    }

    private void reference(String fieldPath, String stepLabel, JsonNode step) {
        JsonNode reference = step.path("templateRef");
        if (reference.isObject()) {
            if (Json.has(step, "template")) {
                refuse.accept(
                        fieldPath + ".template", stepLabel + " template name cannot be specified with templateRef.");
            }
            for (String field : List.of("name", "template")) {
                if (!Json.has(reference, field)) {
                    refuse.accept(
                            fieldPath + ".templateRef",
                            stepLabel + (field.equals("name") ? " resource" : " template") + " name is required");
                }
            }
        }
        for (Map.Entry<String, JsonNode> hook : step.path("hooks").properties()) {
            if (!hook.getKey().equals("exit") && !Json.has(hook.getValue(), "expression")) {
                refuse.accept(
                        fieldPath + ".hooks." + hook.getKey(),
                        stepLabel + "." + hook.getKey() + " Expression required");
            }
        }
    }

    private void arguments(String fieldPath, String label, JsonNode arguments) {
        JsonNode parameters = arguments.path("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            JsonNode parameter = parameters.get(i);
            if (!Json.isSet(parameter, "value") && !Json.isSet(parameter, "valueFrom")) {
                String argument = label + ".arguments." + Json.text(parameter, "name");
                refuse.accept(
                        fieldPath + ".arguments.parameters[" + i + "]",
                        argument + ".value or " + argument + ".valueFrom is required");
            }
        }
    }

    /** Checks that an argument from another task's output depends on this task. */
    private void checkOrder(String fieldPath, JsonNode task, Set<String> names, Map<String, Set<String>> dependencies) {
        for (String kind : List.of("parameters", "artifacts")) {
            JsonNode arguments = task.path("arguments").path(kind);
            for (int i = 0; i < arguments.size(); i++) {
                String field = kind.equals("parameters") ? "value" : "from";
                String value = Json.text(arguments.get(i), field);
                String other = value.startsWith("{{tasks.")
                        ? value.substring("{{tasks.".length()).split("[.}]")[0]
                        : "";
                // Argo's validation accepts tasks.name as a variable, but reads it here as a task with braces in its
                // name.
                boolean isNameVariable =
                        value.startsWith("{{tasks.name") && !dependencies.containsKey(value.split("\\.", 3)[1]);
                if (isNameVariable
                        || dependencies.containsKey(other) && !Depends.isAncestor(other, names, dependencies)) {
                    refuse.accept(
                            fieldPath + ".arguments." + kind + "[" + i + "]." + field,
                            "templates." + name + ".tasks." + Json.text(task, "name") + " missing dependency '"
                                    + (isNameVariable ? value.split("\\.", 3)[1] : other)
                                    + "' for " + kind.substring(0, kind.length() - 1) + " '"
                                    + Json.text(arguments.get(i), "name") + "'");
                }
            }
        }
    }
}
