package io.jenkins.plugins.argopreflight.engine.argo.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.template.Depends;
import io.jenkins.plugins.argopreflight.engine.argo.template.MergedWorkflow;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Validation rules of the controller for the templates themselves, before it creates any pod; source: argo-workflows
 * workflow/validate/validate.go.
 */
public final class Validation {

    private static final List<String> TYPES = List.of(
            "container", "containerSet", "steps", "script", "resource", "dag", "suspend", "data", "http", "plugin");
    private static final Set<String> TASK_RESULTS =
            Set.of("Succeeded", "Failed", "Skipped", "Errored", "Omitted", "Daemoned", "AnySucceeded", "AllFailed");

    private final Document document;
    private final boolean hasDefaults;
    private final Consumer<Problem> problems;

    /**
     * Creates a validation of one document.
     *
     * @param hasDefaults whether templateDefaults can give a template its type
     */
    private Validation(Document document, boolean hasDefaults, Consumer<Problem> problems) {
        this.hasDefaults = hasDefaults;
        this.document = document;
        this.problems = problems;
    }

    /** Reports a problem for each error in the submitted spec, and in the template to which it refers. */
    public static void of(Simulation run) {
        for (MergedWorkflow.Layer layer : run.mergedWorkflow.layers()) {
            if (layer.source() == FieldSource.WORKFLOW_SPEC) {
                of(layer.document(), layer.path(), layer.spec(), run::add);
                boolean isTemplate = layer.document().kind().endsWith("WorkflowTemplate");
                if (layer.document().equals(run.request.workflow()) && !isTemplate) {
                    checkUnsubstituted(layer, run::add);
                }
            }
        }
    }

    /**
     * Checks the fields of the submitted object that Argo reads before it replaces variables. Argo reads the fields of
     * templates afterwards.
     */
    private static void checkUnsubstituted(MergedWorkflow.Layer layer, Consumer<Problem> problems) {
        BiConsumer<String, Problem.Message> refuse = (field, reason) -> problems.accept(new Problem(
                Problem.Kind.REFUSED,
                layer.document(),
                layer.path() + field,
                reason.plus(": Argo reads it before it replaces variables")));
        for (String field : List.of("entrypoint", "onExit")) {
            String name = Json.text(layer.spec(), field);
            if (name.contains("{{") && !Json.isSet(layer.spec(), "workflowTemplateRef")) {
                refuse.accept("." + field, Problem.Thing.TEMPLATE.message("name '" + name + "' undefined"));
            }
        }
        JsonNode podGc = layer.spec().path("podGC");
        String strategy = Json.text(podGc, "strategy");
        if (strategy.contains("{{")) {
            refuse.accept(".podGC.strategy", Problem.Message.of("podGC.strategy unknown strategy '" + strategy + "'"));
        }
        JsonNode labels = podGc.path("labelSelector").path("matchLabels");
        if (labels.toString().contains("{{")) {
            refuse.accept(
                    ".podGC.labelSelector.matchLabels", Problem.Message.of("podGC.labelSelector invalid: " + labels));
        }
    }

    /** Reports a problem for each error in a spec with templates. */
    static void of(Document document, String specPath, JsonNode spec, Consumer<Problem> problems) {
        Validation validation = new Validation(document, Json.isSet(spec, "templateDefaults"), problems);
        JsonNode templates = spec.path("templates");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < templates.size(); i++) {
            String path = specPath + ".templates[" + i + "]";
            String name = Json.text(templates.path(i), "name");
            if (name.isEmpty()) {
                validation.refuse(path, "spec.templates[" + i + "].name is required");
            } else if (!names.add(name)) {
                validation.refuse(path + ".name", "templates[" + i + "].name '" + name + "' is not unique");
            }
            List<Depends> depends =
                    Depends.ofTasks(templates.path(i).path("dag").path("tasks"));
            validation.checkTemplate(path, name, templates.path(i), depends);
            new TemplateRules(path, name, templates.path(i), validation::refuse).check();
            new CallRules(path, name, templates.path(i), depends, validation::refuse).check();
            new ContainerSetRules(path, name, templates.path(i), validation::refuse).check();
            new ArtifactRules(validation::refuse).template(path, name, templates.path(i));
            new OutputRules(path, name, templates.path(i), validation::refuse)
                    .check(templates.path(i).path("outputs"));
            MetricRules.check(path, name, templates.path(i), validation::refuse);
        }
        if (Json.isSet(spec, "workflowTemplateRef") && !templates.isEmpty()) {
            validation.refuse(
                    specPath + ".templates",
                    "Templates is invalid field in spec if workflow referred WorkflowTemplate reference");
        }
        new SpecRules(specPath, spec, validation::refuse, validation::refuseBudget).check();
    }

    private void checkTemplate(String path, String name, JsonNode template, List<Depends> depends) {
        List<String> types =
                TYPES.stream().filter(type -> Json.isSet(template, type)).toList();
        if (types.size() > 1) {
            refuse(path, "templates." + name + " multiple template types specified: " + String.join(", ", types));
        }
        if (types.isEmpty() && !hasDefaults) {
            problems.accept(new Problem(Problem.Kind.REFUSED, document, path, withoutType(name)));
        }
        JsonNode steps = template.path("steps");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < steps.size(); i++) {
            for (int j = 0; j < steps.path(i).size(); j++) {
                String step = Json.text(steps.path(i).path(j), "name");
                if (!step.isEmpty() && !names.add(step)) {
                    String fieldPath = path + ".steps[" + i + "][" + j + "].name";
                    refuse(fieldPath, "templates." + name + ".steps[" + i + "].name '" + step + "' is not unique");
                }
            }
        }
        JsonNode tasks = template.path("dag").path("tasks");
        checkTasks(path + ".dag.tasks", "templates." + name, tasks, depends);
    }

    /** Returns Argo's message for a template without a type. */
    public static Problem.Message withoutType(String template) {
        return Problem.Thing.TEMPLATE.message(
                "'" + template + "' type is unknown: it has none of container, script, steps, dag, …");
    }

    private void checkTasks(String path, String template, JsonNode tasks, List<Depends> depends) {
        Map<String, Set<String>> dependencies = new HashMap<>();
        for (int i = 0; i < tasks.size(); i++) {
            String name = Json.text(tasks.path(i), "name");
            if (dependencies.put(name, depends.get(i).names()) != null && !name.isEmpty()) {
                refuse(path + "[" + i + "].name", template + ".tasks[" + i + "].name '" + name + "' is not unique");
            }
        }
        Set<String> neverReady = neverReady(dependencies);
        for (int i = 0; i < tasks.size(); i++) {
            String name = Json.text(tasks.path(i), "name");
            String field = path + "[" + i + "]." + (Json.has(tasks.path(i), "depends") ? "depends" : "dependencies");
            for (String other : dependencies.getOrDefault(name, Set.of())) {
                if (!dependencies.containsKey(other) && !other.contains("{{")) {
                    refuse(field, template + ".tasks." + name + " dependency '" + other + "' not defined");
                }
            }
            for (String result : depends.get(i).results()) {
                if (!TASK_RESULTS.contains(result)) {
                    refuse(
                            field,
                            template + ".tasks." + name + " task result '" + result
                                    + "' is invalid; the results are "
                                    + String.join(", ", new TreeSet<>(TASK_RESULTS)));
                }
            }
            if (neverReady.contains(name) && reachesItself(name, dependencies)) {
                refuse(field, template + ".tasks dependency cycle detected: " + name + " waits for itself");
                return;
            }
        }
    }

    /**
     * Returns the first task in a cycle.
     *
     * @param dependencies the direct dependencies of each task
     */
    static Optional<String> findInCycle(Map<String, Set<String>> dependencies) {
        return neverReady(dependencies).stream()
                .sorted()
                .filter(name -> reachesItself(name, dependencies))
                .findFirst();
    }

    /** Returns the tasks in a cycle, and the tasks that depend on them. */
    private static Set<String> neverReady(Map<String, Set<String>> dependencies) {
        Map<String, Integer> waitingCounts = new HashMap<>();
        Map<String, List<String>> dependents = new HashMap<>();
        Deque<String> ready = new ArrayDeque<>();
        dependencies.forEach((name, others) -> {
            List<String> known =
                    others.stream().filter(dependencies::containsKey).toList();
            waitingCounts.put(name, known.size());
            known.forEach(other ->
                    dependents.computeIfAbsent(other, key -> new ArrayList<>()).add(name));
            if (known.isEmpty()) {
                ready.add(name);
            }
        });
        while (!ready.isEmpty()) {
            String name = ready.remove();
            waitingCounts.remove(name);
            for (String other : dependents.getOrDefault(name, List.of())) {
                if (waitingCounts.merge(other, -1, Integer::sum) == 0) {
                    ready.add(other);
                }
            }
        }
        return waitingCounts.keySet();
    }

    private static boolean reachesItself(String name, Map<String, Set<String>> dependencies) {
        Set<String> visited = new HashSet<>();
        Deque<String> queue = new ArrayDeque<>(List.of(name));
        while (!queue.isEmpty()) {
            Set<String> others = dependencies.getOrDefault(queue.remove(), Set.of());
            Budget.current().charge(Limit.WORK_UNITS, 1 + others.size());
            if (others.contains(name)) {
                return true;
            }
            others.stream().filter(visited::add).forEach(queue::add);
        }
        return false;
    }

    private void refuse(String path, String message) {
        problems.accept(new Problem(Problem.Kind.REFUSED, document, path, message));
    }

    private void refuseBudget(String path, String message) {
        problems.accept(new Problem(Problem.Kind.REFUSED_BUDGET, document, path, message));
    }
}
