package io.jenkins.plugins.argopreflight.engine.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Variables of steps and tasks that the controller cannot resolve: results of steps that are not there or come later,
 * items without a loop. Source: argo-workflows workflow/validate/validate.go (validateSteps, validateDAG,
 * addItemsToScope, resolveAllVariables); expressions are not looked into, there as here.
 */
final class VariableRules {

    private static final Pattern TAG = Pattern.compile("\\{\\{\\s*((steps|tasks|item)\\.([^}]*?))\\s*}}");
    private static final Pattern OUTPUT = Pattern.compile("outputs\\.(parameters|artifacts)\\.([^.\\s]+)");
    /** They see what others do not. */
    private static final Set<String> APART = Set.of("hooks", "onExit", "inline");

    private final String path;
    private final String name;
    private final JsonNode template;
    private final JsonNode templates;
    private final BiConsumer<String, String> refuse;

    /** @param templates among which steps and tasks find theirs */
    VariableRules(String path, String name, JsonNode template, JsonNode templates, BiConsumer<String, String> refuse) {
        this.path = path;
        this.name = name;
        this.template = template;
        this.templates = templates;
        this.refuse = refuse;
    }

    void check() {
        steps(template.path("steps"));
        tasks(template.path("dag").path("tasks"));
    }

    private void steps(JsonNode groups) {
        Map<String, JsonNode> known = new HashMap<>();
        boolean looped = false;
        for (int i = 0; i < groups.size(); i++) {
            JsonNode group = groups.get(i).isObject() ? Json.list().add(groups.get(i)) : groups.get(i);
            for (int j = 0; j < group.size(); j++) {
                JsonNode step = group.get(j);
                String at = path + ".steps[" + i + "]" + (groups.get(i).isObject() ? "" : "[" + j + "]");
                looped |= Loops.isLoop(step);
                variables(at, "templates." + name + ".steps", step, "steps", known, looped);
                known.putIfAbsent(Json.text(step, "name"), step);
            }
        }
    }

    private void tasks(JsonNode tasks) {
        Map<String, JsonNode> all = new HashMap<>();
        tasks.forEach(task -> all.putIfAbsent(Json.text(task, "name"), task));
        for (int i = 0; i < tasks.size(); i++) {
            JsonNode task = tasks.get(i);
            String at = path + ".dag.tasks[" + i + "]";
            String what = "templates." + name + ".tasks." + Json.text(task, "name");
            variables(at, what, task, "tasks", all, Loops.isLoop(task));
        }
    }

    private void variables(
            String at, String what, JsonNode step, String kind, Map<String, JsonNode> known, boolean looped) {
        for (String field : new LinkedHashSet<>(fields(step))) {
            Matcher tag = TAG.matcher(step.path(field).toString());
            while (tag.find()) {
                boolean lost = tag.group(2).equals("item")
                        ? !looped || !hasItem(step, tag.group(3))
                        : !tag.group(2).equals(kind) || !resolves(tag.group(3), step, known);
                if (lost && !tag.group(1).startsWith(kind + ".name")) {
                    refuse.accept(
                            at + "." + field, what + " failed to resolve {{" + tag.group(1) + "}}" + why(tag, known));
                }
            }
        }
    }

    private static List<String> fields(JsonNode step) {
        return step.properties().stream()
                .map(Map.Entry::getKey)
                .filter(field -> !APART.contains(field))
                .toList();
    }

    private String why(Matcher tag, Map<String, JsonNode> known) {
        String other = tag.group(3).split("\\.")[0];
        if (tag.group(2).equals("item")) {
            return ": no loop gives it a value";
        }
        return find(known, other).isPresent()
                ? ": template " + Json.text(find(known, other).get(), "template") + " has no such output"
                : ": there is no " + tag.group(2).replaceFirst("s$", "") + " " + other
                        + (tag.group(2).equals("steps") ? " before it" : "");
    }

    /** Of a list of maps: whether one has the key; what is known only later may. */
    private static boolean hasItem(JsonNode step, String key) {
        JsonNode items = step.path("withItems");
        if (!items.isArray() || items.isEmpty()) {
            return true;
        }
        for (JsonNode item : items) {
            if (item.isObject()
                    ? item.has(key)
                    : !item.isValueNode() || item.asText().contains("{{")) {
                return true;
            }
        }
        return false;
    }

    private boolean resolves(String rest, JsonNode step, Map<String, JsonNode> known) {
        String other = rest.split("\\.")[0];
        String wanted = rest.substring(Math.min(rest.length(), other.length() + 1));
        if (Json.text(step, "name").equals(other)) {
            return wanted.equals("status") || find(known, other).isPresent();
        }
        Optional<JsonNode> found = find(known, other);
        Matcher output = OUTPUT.matcher(wanted);
        if (found.isEmpty() || !output.lookingAt()) {
            return found.isPresent() || other.contains("{{");
        }
        Optional<JsonNode> called = called(found.get());
        return called.isEmpty()
                || Json.find(called.get().path("outputs").path(output.group(1)), "name", output.group(2))
                        .isPresent();
    }

    /** Empty when it is somewhere else, or known only later. */
    private Optional<JsonNode> called(JsonNode step) {
        return Json.isSet(step, "templateRef") || Json.isSet(step, "inline")
                ? Optional.empty()
                : Json.find(templates, "name", Json.text(step, "template"));
    }

    private static Optional<JsonNode> find(Map<String, JsonNode> all, String name) {
        return Optional.ofNullable(all.get(name));
    }
}
