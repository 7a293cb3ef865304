package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.DocumentField;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Depends;
import io.jenkins.plugins.argopreflight.engine.workflow.template.ExecWorkflow;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Hooks;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Loops;
import io.jenkins.plugins.argopreflight.engine.workflow.template.SuppliedInputs;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

    private record Key(Document document, String path) {}

    /** Argo refuses deeper calls when the workflow runs. */
    private static final int MAX_DEPTH = 100;

    private final WalkState run;
    private final TemplateLookup lookup;
    private int depth;
    private final VariableScope globals;
    private final KnownValues values;
    private final VariableProblems problems;
    private final Set<Key> done = new HashSet<>();

    private VariableRules(WalkState run, TemplateLookup lookup) {
        this.run = run;
        this.lookup = lookup;
        this.globals = VariableScope.globals(run);
        this.values = KnownValues.of(run.spec());
        this.problems = new VariableProblems(run, globals);
    }

    /** Reports the faults of everything that the workflow's validation reaches. */
    public static void check(WalkState run, TemplateLookup lookup) {
        VariableRules rules = new VariableRules(run, lookup);
        JsonNode spec = run.spec();
        TemplatePlace workflow = TemplatePlace.ofWorkflow(run, rules.values);
        boolean isTemplate = run.request.workflow().kind().endsWith("WorkflowTemplate");
        JsonNode arguments = isTemplate ? null : spec.path("arguments");
        if (Json.has(spec, "entrypoint")) {
            rules.visit(named(Json.text(spec, "entrypoint")), "entrypoint", workflow, arguments);
        }
        if (Json.has(spec, "onExit")) {
            rules.globals.add(VariableProblems.FAILURES);
            // Not those of a template that the workflow refers to.
            JsonNode own = isTemplate ? null : run.exec.submitted().spec().path("arguments");
            rules.visit(named(Json.text(spec, "onExit")), "onExit", workflow, own);
        }
        spec.path("hooks").properties().forEach(hook -> {
            DocumentField field = run.exec.field(FieldPath.field("hooks", hook.getKey()));
            rules.require(hook.getValue(), field.path(), workflow.in(field.document()));
        });
        if (run.version.has(Behaviour.REFUSED_SYNTAX)) {
            ExpressionRules.spec(run);
        }
        for (JsonNode template : spec.path("templates")) {
            rules.visit(named(Json.text(template, "name")), "templates", workflow, null);
        }
    }

    /** What the spec itself refers to. @param field that of the spec which does */
    private void visit(JsonNode holder, String field, TemplatePlace workflow, @Nullable JsonNode arguments) {
        DocumentField at = run.exec.field(field);
        visit(holder, at.path(), workflow.in(at.document()), TemplatePlace.ALL, arguments);
    }

    private static JsonNode named(String template) {
        return Json.object().put("template", template);
    }

    private @Nullable JsonNode visit(JsonNode step, String path, TemplatePlace caller) {
        return visit(step, path, caller, TemplatePlace.given(step), null);
    }

    /**
     * The template that a step or task refers to, validated once; null when it could not be determined.
     *
     * @param given whether the call gives an input of that name, or what it declares is looked at anyway
     * @param arguments what the validation puts into its inputs; null for any values
     */
    private @Nullable JsonNode visit(
            JsonNode holder, String path, TemplatePlace caller, Predicate<String> given, @Nullable JsonNode arguments) {
        TemplateCall call = call(holder, path, caller);
        TemplateHolder base = lookup.base(call);
        TemplateHolder.Found found =
                base == null ? null : lookup.find(call, base).orElse(null);
        if (base == null || found == null) {
            return null;
        }
        if (depth < MAX_DEPTH && done.add(new Key(found.document(), found.path()))) {
            depth++;
            VariableScope outer = Json.isSet(holder, "inline") ? caller.scope() : null;
            JsonNode filled = InputValues.filled(found.template(), arguments);
            boolean holds = arguments != null && !TemplateType.of(filled).isLeaf();
            template(new TemplatePlace(
                    found.template(),
                    found.document(),
                    found.path(),
                    base,
                    VariableScope.of(filled, outer),
                    given,
                    filled,
                    holds ? values.with(filled) : values));
            depth--;
        }
        return found.template();
    }

    private static TemplateCall call(JsonNode holder, String path, TemplatePlace caller) {
        return new TemplateCall(
                "",
                holder,
                "",
                caller.base(),
                caller.document(),
                path,
                Json.object(),
                null,
                false,
                Certainty.ONCE,
                null);
    }

    private void template(TemplatePlace place) {
        JsonNode template = place.template();
        TemplateType type = TemplateType.of(template);
        problems.values(place);
        if (type == TemplateType.STEPS || type == TemplateType.DAG) {
            // Argo puts its inputs into a template that a step or task holds, and the outputs of its steps not.
            VariableScope scope = place.scope().inner();
            if (type == TemplateType.STEPS) {
                steps(place, scope);
            } else {
                tasks(place, scope);
            }
            String outputs = place.path() + ".outputs";
            problems.resolve(place, outputs, template.path("outputs"), scope);
        } else if (type != TemplateType.NONE) {
            new ExpressionRules(place.document(), run.problems).artifacts(place.path(), template);
            problems.resolve(place, place.path(), place.filled(), place.scope());
            podMetadata(place);
        }
    }

    /** Argo adds it to each template that has a name. */
    private void podMetadata(TemplatePlace place) {
        if (!run.version.has(Behaviour.HOLDERS_POD_METADATA) || place.path().endsWith(".inline")) {
            return;
        }
        if (!place.base().scope().isEmpty()) {
            problems.resolve(place, "spec.podMetadata", place.base().podMetadata(), place.scope());
            return;
        }
        ExecWorkflow.Layer layer = run.exec.strongest("podMetadata");
        JsonNode podMetadata = layer.spec().path("podMetadata");
        problems.resolve(place.in(layer.document()), layer.path() + ".podMetadata", podMetadata, place.scope());
    }

    private void steps(TemplatePlace place, VariableScope scope) {
        JsonNode groups = place.template().path("steps");
        for (int i = 0; i < groups.size(); i++) {
            boolean bare = groups.get(i).isObject();
            JsonNode group = bare ? Json.list().add(groups.get(i)) : groups.get(i);
            Set<String> together = new LinkedHashSet<>();
            group.forEach(step -> together.add(Json.text(step, "name")));
            for (int j = 0; j < group.size(); j++) {
                JsonNode step = withoutEmptyList(group.get(j), place);
                String path = place.path() + ".steps[" + i + "]" + (bare ? "" : "[" + j + "]");
                String prefix = "steps." + Json.text(step, "name");
                scope.add(prefix + ".status");
                scope.addItems(step);
                JsonNode called = visit(step, path, place);
                supplied(called, step, place, path);
                hooks(step, place, path);
                VariableScope own = scope.inner();
                if (Hooks.exit(step, step).isObject()) {
                    own.addOutputs(called, prefix, false, globals);
                }
                if (!Loops.isLoop(group.get(j))) {
                    own.addInline(step);
                    new ExpressionRules(place.document(), run.problems).items(path, step);
                }
                problems.resolve(place, path, step, own, tag -> tag.isEarly("steps.", together::contains));
                scope.addOutputs(called, prefix, Loops.isAggregate(step), globals);
            }
        }
    }

    private void tasks(TemplatePlace place, VariableScope scope) {
        JsonNode written = place.template().path("dag").path("tasks");
        List<JsonNode> tasks = new ArrayList<>();
        written.forEach(task -> tasks.add(withoutEmptyList(task, place)));
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        tasks.forEach(task -> byName.putIfAbsent(Json.text(task, "name"), task));
        Map<String, Set<String>> waits = Depends.waits(byName);
        Map<String, JsonNode> called = new HashMap<>();
        for (int i = 0; i < tasks.size(); i++) {
            String path = FieldPath.element(place.path() + ".dag.tasks", i);
            JsonNode task = tasks.get(i);
            JsonNode template = visit(task, path, place);
            supplied(template, task, place, path);
            hooks(task, place, path);
            called.put(Json.text(task, "name"), template);
            scope.addOutputs(template, "tasks." + Json.text(task, "name"), Loops.isAggregate(task), globals);
        }
        JsonNode target = place.template().path("dag").path("target");
        problems.resolve(place, place.path() + ".dag.target", target, scope);
        for (int i = 0; i < tasks.size(); i++) {
            JsonNode task = tasks.get(i);
            String name = Json.text(task, "name");
            if (Json.isSet(task, "hooks")) {
                scope.add("tasks." + name + ".status");
            }
            VariableScope own = scope.inner();
            Set<String> names = Depends.names(task);
            for (String ancestor : Depends.ancestors(task, waits)) {
                if (byName.containsKey(ancestor)) {
                    JsonNode other = byName.get(ancestor);
                    own.addOutputs(called.get(ancestor), "tasks." + ancestor, Loops.isAggregate(other), globals);
                    own.add("tasks." + ancestor + ".status");
                }
            }
            String path = FieldPath.element(place.path() + ".dag.tasks", i);
            if (!Loops.isLoop(written.path(i))) {
                own.addInline(task);
                new ExpressionRules(place.document(), run.problems).items(path, task);
            }
            own.addItems(task);
            problems.resolve(
                    place,
                    path,
                    task,
                    own,
                    tag -> !tag.isArgument()
                            && tag.isEarly(
                                    "tasks.",
                                    other -> byName.containsKey(other) && !Depends.isAncestor(other, names, waits)));
        }
    }

    /** Where nothing is left of {@code withParam}, Argo's validation sees no loop. */
    private static JsonNode withoutEmptyList(JsonNode step, TemplatePlace place) {
        boolean isEmpty = Json.has(step, "withParam") && place.values().isEmpty(Json.text(step, "withParam"));
        return isEmpty ? Json.copy(step).put("withParam", "") : step;
    }

    /** Argo's validation does not follow hooks: it reads their templates as those of the workflow that they are. */
    private void hooks(JsonNode holder, TemplatePlace place, String path) {
        holder.path("hooks")
                .properties()
                .forEach(hook -> require(hook.getValue(), FieldPath.field(path + ".hooks", hook.getKey()), place));
        if (Json.has(holder, "onExit")) {
            require(named(Json.text(holder, "onExit")), path + ".onExit", place);
        }
    }

    /** Reports a template that is not there. */
    private void require(JsonNode hook, String path, TemplatePlace place) {
        lookup.find(call(hook, path, place));
    }

    private void supplied(@Nullable JsonNode template, JsonNode step, TemplatePlace place, String path) {
        boolean defaults = run.spec().path("templateDefaults").has("inputs");
        if (template != null && !defaults) {
            SuppliedInputs.check(template, step.path("arguments"), place.document(), path, run.problems);
        }
    }
}
