package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.manifest.Nearest;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Depends;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Hooks;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Loops;
import io.jenkins.plugins.argopreflight.engine.workflow.template.SuppliedInputs;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Variables that nothing provides, and outputs that are used before they are there. Follows the workflow as Argo's
 * validation does, but collects every fault instead of stopping at the first. Source: argo-workflows
 * workflow/validate/validate.go (validateTemplate, validateSteps, validateDAG, validateOutputs), and for what validation
 * lets pass workflow/controller/{steps,dag}.go (resolveReferences, resolveDependencyReferences).
 */
public final class VariableRules {

    /** A template and where names in it are looked up. */
    private record Place(JsonNode template, Document document, String path, TemplateHolder base) {}

    private record Key(Document document, String path) {}

    /** Argo refuses deeper calls when the workflow runs. */
    private static final int MAX_DEPTH = 100;

    private final WalkState run;
    private final TemplateLookup lookup;
    private int depth;
    private final VariableScope globals;
    private final Set<Key> done = new HashSet<>();

    private VariableRules(WalkState run, TemplateLookup lookup) {
        this.run = run;
        this.lookup = lookup;
        this.globals = VariableScope.globals(run);
    }

    /** Reports the faults of everything that the workflow's validation reaches. */
    public static void check(WalkState run, TemplateLookup lookup) {
        VariableRules rules = new VariableRules(run, lookup);
        JsonNode spec = run.spec();
        String path = run.exec.submitted().specPath();
        Document document = run.exec.submitted().document();
        TemplateHolder holder = run.exec.holder();
        if (Json.has(spec, "entrypoint")) {
            rules.visit(named(Json.text(spec, "entrypoint")), document, path + ".entrypoint", holder);
        }
        JsonNode exit = Hooks.exit(spec, spec);
        if (exit.isObject()) {
            rules.globals.add("workflow.failures");
            rules.visit(exit, document, path + (Json.has(spec, "onExit") ? ".onExit" : ".hooks.exit"), holder);
        }
        new ExpressionRules(document, run.problems).hooks(path + ".hooks", spec.path("hooks"), "");
        for (Map.Entry<String, JsonNode> hook : spec.path("hooks").properties()) {
            rules.visit(hook.getValue(), document, FieldPath.field(path + ".hooks", hook.getKey()), holder);
        }
        for (JsonNode template : spec.path("templates")) {
            rules.visit(named(Json.text(template, "name")), document, path + ".templates", holder);
        }
    }

    private static JsonNode named(String template) {
        return Json.object().put("template", template);
    }

    /** The template that a step, task or hook refers to, validated once; null when it could not be determined. */
    private @Nullable JsonNode visit(JsonNode holder, Document document, String path, TemplateHolder base) {
        TemplateCall call = new TemplateCall(
                "", holder, "", base, document, path, Json.object(), null, false, Certainty.ONCE, null);
        TemplateHolder at = lookup.base(call);
        if (at == null) {
            return null;
        }
        Optional<TemplateHolder.Found> found = lookup.find(call, at);
        if (depth < MAX_DEPTH) {
            depth++;
            found.filter(each -> done.add(new Key(each.document(), each.path())))
                    .ifPresent(each -> template(new Place(each.template(), each.document(), each.path(), at)));
            depth--;
        }
        return found.map(TemplateHolder.Found::template).orElse(null);
    }

    private void template(Place place) {
        JsonNode template = place.template();
        TemplateType type = TemplateType.of(template);
        VariableScope scope = new VariableScope();
        JsonNode inputs = template.path("inputs");
        inputs.path("parameters").forEach(input -> scope.add("inputs.parameters." + Json.text(input, "name")));
        if (!inputs.path("parameters").isEmpty()) {
            scope.add("inputs.parameters");
        }
        for (JsonNode artifact : inputs.path("artifacts")) {
            String name = "inputs.artifacts." + Json.text(artifact, "name");
            scope.add(name, name + ".path");
        }
        if (type.isPod()) {
            scope.add("pod.name");
        }
        if (Json.isSet(template, "retryStrategy")) {
            scope.add("retries");
            scope.addAll("lastRetry.");
        }
        switch (type) {
            case STEPS -> {
                steps(place, scope);
                new ExpressionRules(place.document(), run.problems)
                        .outputs(place.path() + ".outputs", template.path("outputs"));
                resolve(place, place.path() + ".outputs", template.path("outputs"), scope);
            }
            case DAG -> {
                tasks(place, scope);
                new ExpressionRules(place.document(), run.problems)
                        .outputs(place.path() + ".outputs", template.path("outputs"));
                resolve(place, place.path() + ".outputs", template.path("outputs"), scope);
            }
            case NONE -> {
                // Another rule reports it.
            }
            default -> {
                ExpressionRules rules = new ExpressionRules(place.document(), run.problems);
                rules.http(place.path() + ".http", template.path("http"));
                rules.artifacts(place.path(), template);
                resolve(place, place.path(), template, scope);
            }
        }
    }

    private void steps(Place place, VariableScope scope) {
        JsonNode groups = place.template().path("steps");
        for (int i = 0; i < groups.size(); i++) {
            boolean bare = groups.get(i).isObject();
            JsonNode group = bare ? Json.list().add(groups.get(i)) : groups.get(i);
            Set<String> together = new LinkedHashSet<>();
            group.forEach(step -> together.add(Json.text(step, "name")));
            for (int j = 0; j < group.size(); j++) {
                JsonNode step = group.get(j);
                String path = place.path() + ".steps[" + i + "]" + (bare ? "" : "[" + j + "]");
                String prefix = "steps." + Json.text(step, "name");
                scope.add(prefix + ".status");
                scope.addItems(step);
                JsonNode called = visit(step, place.document(), path, place.base());
                supplied(called, step, place, path);
                hooks(step, place, path, "steps");
                VariableScope own = scope.inner();
                if (Hooks.exit(step, step).isObject()) {
                    own.addOutputs(called, prefix, false, globals);
                }
                if (!Loops.isLoop(step)) {
                    own.addInline(step);
                    new ExpressionRules(place.document(), run.problems).items(path, step);
                }
                resolve(place, path, step, own, tag -> tag.isEarly("steps.", together::contains));
                scope.addOutputs(called, prefix, Loops.isAggregate(step), globals);
            }
        }
    }

    private void tasks(Place place, VariableScope scope) {
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        place.template().path("dag").path("tasks").forEach(task -> byName.putIfAbsent(Json.text(task, "name"), task));
        Map<String, Set<String>> waits = Depends.waits(byName);
        Map<String, JsonNode> called = new HashMap<>();
        JsonNode tasks = place.template().path("dag").path("tasks");
        for (int i = 0; i < tasks.size(); i++) {
            String path = FieldPath.element(place.path() + ".dag.tasks", i);
            JsonNode task = tasks.get(i);
            JsonNode template = visit(task, place.document(), path, place.base());
            supplied(template, task, place, path);
            hooks(task, place, path, "tasks");
            called.put(Json.text(task, "name"), template);
            scope.addOutputs(template, "tasks." + Json.text(task, "name"), Loops.isAggregate(task), globals);
        }
        JsonNode target = place.template().path("dag").path("target");
        resolve(place, place.path() + ".dag.target", target, scope);
        for (int i = 0; i < tasks.size(); i++) {
            JsonNode task = tasks.get(i);
            String name = Json.text(task, "name");
            if (Json.isSet(task, "hooks")) {
                scope.add("tasks." + name + ".status");
            }
            VariableScope own = scope.inner();
            Set<String> before = Depends.ancestors(task, waits);
            for (String ancestor : Depends.named(before, task)) {
                if (byName.containsKey(ancestor)) {
                    JsonNode other = byName.get(ancestor);
                    own.addOutputs(called.get(ancestor), "tasks." + ancestor, Loops.isAggregate(other), globals);
                    own.add("tasks." + ancestor + ".status");
                }
            }
            String path = FieldPath.element(place.path() + ".dag.tasks", i);
            if (!Loops.isLoop(task)) {
                own.addInline(task);
                new ExpressionRules(place.document(), run.problems).items(path, task);
            }
            own.addItems(task);
            resolve(
                    place,
                    path,
                    task,
                    own,
                    tag -> !tag.isArgument()
                            && tag.isEarly("tasks.", other -> byName.containsKey(other) && !before.contains(other)));
        }
    }

    private void hooks(JsonNode step, Place place, String path, String member) {
        new ExpressionRules(place.document(), run.problems).hooks(path + ".hooks", step.path("hooks"), member);
        step.path("hooks")
                .properties()
                .forEach(hook ->
                        visit(hook.getValue(), place.document(), path + ".hooks." + hook.getKey(), place.base()));
        JsonNode exit = Hooks.exit(step, step);
        if (exit.isObject()) {
            visit(exit, place.document(), path + ".onExit", place.base());
        }
    }

    private void supplied(@Nullable JsonNode template, JsonNode step, Place place, String path) {
        boolean defaults = run.spec().path("templateDefaults").has("inputs");
        if (template != null && !defaults) {
            SuppliedInputs.check(template, step.path("arguments"), place.document(), path, run.problems);
        }
    }

    private void resolve(Place place, String path, JsonNode tree, VariableScope scope) {
        resolve(place, path, tree, scope, tag -> false);
    }

    /** @param isEarly whether the value is not there yet when Argo substitutes it */
    private void resolve(Place place, String path, JsonNode tree, VariableScope scope, Predicate<TagWalk.Tag> isEarly) {
        String what = "templates." + Json.text(place.template(), "name");
        Set<TagWalk.Tag> seen = new HashSet<>();
        new ExpressionRules(place.document(), run.problems).tags(path, what, tree);
        for (TagWalk.Tag tag : TagWalk.of(path, tree)) {
            boolean known = scope.has(tag.name()) || globals.has(tag.name());
            boolean hook = tag.path().startsWith(path + ".hooks") || tag.path().startsWith(path + ".onExit");
            if (known && !hook && isEarly.test(tag) && seen.add(tag)) {
                report(Problem.Kind.TOO_EARLY, place, tag, what + " uses {{" + tag.name() + "}} before it exists");
            } else if (!known && scope.isOfDaemon(tag.name()) && seen.add(tag)) {
                String why = " uses {{" + tag.name() + "}}, and a daemon has no outputs while it runs";
                report(Problem.Kind.TOO_EARLY, place, tag, what + why);
            } else if (!known && !isReportedElsewhere(place, tag) && seen.add(tag)) {
                report(
                        Problem.Kind.REFUSED,
                        place,
                        tag,
                        what + ": failed to resolve {{" + tag.name() + "}}" + near(tag.name(), scope));
            }
        }
    }

    private String near(String name, VariableScope scope) {
        Set<String> names = new LinkedHashSet<>(scope.names());
        names.addAll(globals.names());
        return Nearest.to(name, names)
                .map(each -> "; did you mean {{" + each + "}}?")
                .orElse("");
    }

    /** The check undeclared-input reports inputs of the templates that were given. */
    private boolean isReportedElsewhere(Place place, TagWalk.Tag tag) {
        return tag.name().matches("inputs\\.(parameters|artifacts)\\.[-\\w]+(\\.path)?")
                && place.document().equals(run.request.workflow())
                && !tag.path().contains(".inline");
    }

    private void report(Problem.Kind kind, Place place, TagWalk.Tag tag, String message) {
        SuppliedInputs.add(new Problem(kind, place.document().locate(tag.path()), tag.path(), message), run.problems);
    }
}
