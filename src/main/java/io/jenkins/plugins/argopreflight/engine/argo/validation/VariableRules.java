package io.jenkins.plugins.argopreflight.engine.argo.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.template.Depends;
import io.jenkins.plugins.argopreflight.engine.argo.template.Hooks;
import io.jenkins.plugins.argopreflight.engine.argo.template.Loops;
import io.jenkins.plugins.argopreflight.engine.argo.template.MergedWorkflow;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.SuppliedInputs;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.DocumentField;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
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
 * A check for variables without a source, and for outputs that are used before they exist. It traverses the workflow as
 * Argo's validation does, but reports each error instead of only the first. Source: argo-workflows
 * workflow/validate/validate.go (validateTemplate, validateSteps, validateDAG, validateOutputs), and
 * workflow/controller/{steps,dag}.go (resolveReferences, resolveDependencyReferences) for errors that the validation
 * does not find.
 */
public final class VariableRules {

    /** A validated template. */
    private record Key(Document document, String path) {}

    /** Maximum depth of calls. Argo refuses deeper calls when the workflow runs. */
    private static final int MAX_DEPTH = 100;

    private final Simulation run;
    private final TemplateLookup lookup;
    private int depth;
    private final VariableScope globals;
    private final KnownValues values;
    private final VariableProblems problems;
    private final Set<Key> visited = new HashSet<>();

    private VariableRules(Simulation run, TemplateLookup lookup) {
        this.run = run;
        this.lookup = lookup;
        this.globals = VariableScope.globals(run);
        this.values = KnownValues.of(run.spec());
        this.problems = new VariableProblems(run, globals);
    }

    /** Reports the errors in all parts that the workflow's validation reaches. */
    public static void check(Simulation run, TemplateLookup lookup) {
        VariableRules rules = new VariableRules(run, lookup);
        JsonNode spec = run.spec();
        ValidatedTemplate workflow = ValidatedTemplate.ofWorkflow(run, rules.values);
        boolean isTemplate = run.request.workflow().kind().endsWith("WorkflowTemplate");
        JsonNode arguments = isTemplate ? null : spec.path("arguments");
        if (Json.has(spec, "entrypoint")) {
            rules.visitFromSpec(callOf(Json.text(spec, "entrypoint")), "entrypoint", workflow, arguments);
        }
        if (Json.has(spec, "onExit")) {
            rules.globals.add(VariableProblems.FAILURES);
            // The arguments of a template to which the workflow refers are not used here.
            JsonNode ownArguments =
                    isTemplate ? null : run.mergedWorkflow.submitted().spec().path("arguments");
            rules.visitFromSpec(callOf(Json.text(spec, "onExit")), "onExit", workflow, ownArguments);
        }
        spec.path("hooks").properties().forEach(hook -> {
            DocumentField field = run.mergedWorkflow.field(FieldPath.field("hooks", hook.getKey()));
            rules.checkExists(hook.getValue(), field.path(), workflow.withDocument(field.document()));
        });
        if (run.version.has(Behaviour.REFUSED_SYNTAX)) {
            ExpressionRules.spec(run);
        }
        for (JsonNode template : spec.path("templates")) {
            rules.visitFromSpec(callOf(Json.text(template, "name")), "templates", workflow, null);
        }
    }

    /**
     * Visits a template to which the spec itself refers.
     *
     * @param field field of the spec with the reference
     */
    private void visitFromSpec(
            JsonNode holder, String field, ValidatedTemplate workflow, @Nullable JsonNode arguments) {
        DocumentField reference = run.mergedWorkflow.field(field);
        visit(holder, reference.path(), workflow.withDocument(reference.document()), ValidatedTemplate.ALL, arguments);
    }

    private static JsonNode callOf(String template) {
        return Json.object().put("template", template);
    }

    private @Nullable JsonNode visitFromStep(JsonNode step, String path, ValidatedTemplate caller) {
        return visit(step, path, caller, ValidatedTemplate.argumentsOf(step), null);
    }

    /**
     * Returns the template to which a step or task refers, and validates it at the first call; null if the template
     * could not be determined.
     *
     * @param hasArgument accepts the inputs whose declared values are not checked
     * @param arguments arguments that the validation uses for the template's inputs; null for an argument with any
     *     value for each input
     */
    private @Nullable JsonNode visit(
            JsonNode holder,
            String path,
            ValidatedTemplate caller,
            Predicate<String> hasArgument,
            @Nullable JsonNode arguments) {
        TemplateCall call = call(holder, path, caller);
        TemplateHolder base = lookup.base(call);
        TemplateHolder.Found found =
                base == null ? null : lookup.find(call, base).orElse(null);
        if (base == null || found == null) {
            return null;
        }
        if (depth < MAX_DEPTH && visited.add(new Key(found.document(), found.path()))) {
            depth++;
            VariableScope outer = Json.isSet(holder, "inline") ? caller.scope() : null;
            JsonNode withArguments = InputValues.withArguments(found.template(), arguments);
            boolean keepsValues =
                    arguments != null && !TemplateType.of(withArguments).isLeaf();
            validate(new ValidatedTemplate(
                    found.template(),
                    found.document(),
                    found.path(),
                    base,
                    VariableScope.of(withArguments, outer),
                    hasArgument,
                    withArguments,
                    keepsValues ? values.withInputs(withArguments) : values));
            depth--;
        }
        return found.template();
    }

    private static TemplateCall call(JsonNode holder, String path, ValidatedTemplate caller) {
        return new TemplateCall(
                "", holder, "", caller.base(), new DocumentField(caller.document(), path), Json.object());
    }

    private void validate(ValidatedTemplate context) {
        JsonNode template = context.template();
        TemplateType type = TemplateType.of(template);
        problems.checkDeclaredValues(context);
        if (type == TemplateType.STEPS || type == TemplateType.DAG) {
            // Argo replaces the inputs in a template that is inline in a step or task, but not the outputs of its
            // steps.
            VariableScope scope = context.scope().inner();
            if (type == TemplateType.STEPS) {
                checkSteps(context, scope);
            } else {
                checkTasks(context, scope);
            }
            String outputs = context.path() + ".outputs";
            problems.resolve(context, outputs, template.path("outputs"), scope);
        } else if (type != TemplateType.NONE) {
            new ExpressionRules(context.document(), run::addIfAbsent).artifacts(context.path(), template);
            problems.resolve(context, context.path(), context.withArguments(), context.scope());
            checkPodMetadata(context);
        }
    }

    /** Checks podMetadata, which Argo adds to each template with a name. */
    private void checkPodMetadata(ValidatedTemplate context) {
        if (!run.version.has(Behaviour.HOLDERS_POD_METADATA) || context.path().endsWith(".inline")) {
            return;
        }
        if (!context.base().scope().isEmpty()) {
            problems.resolve(context, "spec.podMetadata", context.base().podMetadata(), context.scope());
            return;
        }
        MergedWorkflow.Layer layer = run.mergedWorkflow.layerOf("podMetadata");
        JsonNode podMetadata = layer.spec().path("podMetadata");
        problems.resolve(
                context.withDocument(layer.document()), layer.path() + ".podMetadata", podMetadata, context.scope());
    }

    /** Checks the groups of steps. A step can use the outputs of earlier groups. */
    private void checkSteps(ValidatedTemplate context, VariableScope scope) {
        JsonNode groups = context.template().path("steps");
        for (int i = 0; i < groups.size(); i++) {
            boolean isSingleStep = groups.get(i).isObject();
            JsonNode group = isSingleStep ? Json.list().add(groups.get(i)) : groups.get(i);
            Set<String> namesInGroup = new LinkedHashSet<>();
            group.forEach(step -> namesInGroup.add(Json.text(step, "name")));
            for (int j = 0; j < group.size(); j++) {
                JsonNode step = withoutEmptyList(group.get(j), context);
                String path = context.path() + ".steps[" + i + "]" + (isSingleStep ? "" : "[" + j + "]");
                String prefix = "steps." + Json.text(step, "name");
                scope.add(prefix + ".status");
                scope.addItems(step);
                JsonNode template = visitFromStep(step, path, context);
                checkSuppliedInputs(template, step, context, path);
                checkHooks(step, context, path);
                VariableScope stepScope = scope.inner();
                if (Hooks.exit(step, step).isObject()) {
                    stepScope.addOutputs(template, prefix, /* isAggregate= */ false, globals);
                }
                if (!Loops.isLoop(group.get(j))) {
                    stepScope.addInline(step);
                    new ExpressionRules(context.document(), run::addIfAbsent).items(path, step);
                }
                problems.resolve(context, path, step, stepScope, tag -> tag.isEarly("steps.", namesInGroup::contains));
                scope.addOutputs(template, prefix, Loops.isAggregate(step), globals);
            }
        }
    }

    /**
     * Checks the tasks of a DAG. A task can use the outputs of the tasks on which it depends. A use of another task's
     * outputs is reported as too early.
     */
    private void checkTasks(ValidatedTemplate context, VariableScope scope) {
        JsonNode original = context.template().path("dag").path("tasks");
        List<JsonNode> tasks = new ArrayList<>();
        original.forEach(task -> tasks.add(withoutEmptyList(task, context)));
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        tasks.forEach(task -> byName.putIfAbsent(Json.text(task, "name"), task));
        List<Depends> depends = Depends.ofTasks(original);
        Map<String, Set<String>> dependencies = Depends.names(depends);
        Map<String, JsonNode> templates = new HashMap<>();
        for (int i = 0; i < tasks.size(); i++) {
            String path = FieldPath.element(context.path() + ".dag.tasks", i);
            JsonNode task = tasks.get(i);
            JsonNode template = visitFromStep(task, path, context);
            checkSuppliedInputs(template, task, context, path);
            checkHooks(task, context, path);
            templates.put(Json.text(task, "name"), template);
            scope.addOutputs(template, "tasks." + Json.text(task, "name"), Loops.isAggregate(task), globals);
        }
        JsonNode target = context.template().path("dag").path("target");
        problems.resolve(context, context.path() + ".dag.target", target, scope);
        for (int i = 0; i < tasks.size(); i++) {
            JsonNode task = tasks.get(i);
            String name = Json.text(task, "name");
            if (Json.isSet(task, "hooks")) {
                scope.add("tasks." + name + ".status");
            }
            VariableScope taskScope = scope.inner();
            Set<String> names = depends.get(i).names();
            for (String ancestor : depends.get(i).ancestors(task, dependencies)) {
                if (byName.containsKey(ancestor)) {
                    JsonNode other = byName.get(ancestor);
                    taskScope.addOutputs(
                            templates.get(ancestor), "tasks." + ancestor, Loops.isAggregate(other), globals);
                    taskScope.add("tasks." + ancestor + ".status");
                }
            }
            String path = FieldPath.element(context.path() + ".dag.tasks", i);
            if (!Loops.isLoop(original.path(i))) {
                taskScope.addInline(task);
                new ExpressionRules(context.document(), run::addIfAbsent).items(path, task);
            }
            taskScope.addItems(task);
            problems.resolve(
                    context,
                    path,
                    task,
                    taskScope,
                    tag -> !tag.isArgument()
                            && tag.isEarly(
                                    "tasks.",
                                    other -> byName.containsKey(other)
                                            && !Depends.isAncestor(other, names, dependencies)));
        }
    }

    /**
     * Returns the step without its loop if {@code withParam} is empty after substitution: Argo's validation then does
     * not treat the step as a loop.
     */
    private static JsonNode withoutEmptyList(JsonNode step, ValidatedTemplate context) {
        boolean isEmpty = Json.has(step, "withParam") && context.values().isEmpty(Json.text(step, "withParam"));
        return isEmpty ? Json.copy(step).put("withParam", "") : step;
    }

    /**
     * Checks that the templates of hooks exist. Argo's validation does not follow hooks, since it checks their
     * templates as templates of the workflow.
     */
    private void checkHooks(JsonNode holder, ValidatedTemplate context, String path) {
        holder.path("hooks")
                .properties()
                .forEach(
                        hook -> checkExists(hook.getValue(), FieldPath.field(path + ".hooks", hook.getKey()), context));
        if (Json.has(holder, "onExit")) {
            checkExists(callOf(Json.text(holder, "onExit")), path + ".onExit", context);
        }
    }

    /** Reports a template that does not exist. */
    private void checkExists(JsonNode hook, String path, ValidatedTemplate context) {
        lookup.find(call(hook, path, context));
    }

    private void checkSuppliedInputs(
            @Nullable JsonNode template, JsonNode step, ValidatedTemplate context, String path) {
        boolean hasDefaultInputs = run.spec().path("templateDefaults").has("inputs");
        if (template != null && !hasDefaultInputs) {
            SuppliedInputs.check(template, step.path("arguments"), context.document(), path, run::addIfAbsent);
        }
    }
}
