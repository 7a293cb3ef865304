package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Depends;
import io.jenkins.plugins.argopreflight.engine.workflow.template.ExecWorkflow;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the controller refuses of the templates themselves, before it makes any pod; source: argo-workflows
 * workflow/validate/validate.go.
 */
public final class Validation {

    private static final List<String> TYPES = List.of(
            "container", "containerSet", "steps", "script", "resource", "dag", "suspend", "data", "http", "plugin");
    private static final Pattern TASK = Pattern.compile("([a-zA-Z0-9_][-a-zA-Z0-9_]*)(?:\\.([A-Za-z]+))?");
    private static final Set<String> RESULTS =
            Set.of("Succeeded", "Failed", "Skipped", "Errored", "Omitted", "Daemoned", "AnySucceeded", "AllFailed");

    private final Document document;
    private final boolean defaults;
    private final List<Problem> problems;

    /** @param defaults whether templateDefaults can give a template its type */
    private Validation(Document document, boolean defaults, List<Problem> problems) {
        this.defaults = defaults;
        this.document = document;
        this.problems = problems;
    }

    /** Reports a problem for each fault of the spec as it was submitted, and of the template that it refers to. */
    public static void of(WalkState run) {
        for (ExecWorkflow.Layer layer : run.exec.layers()) {
            if (layer.source() == FieldSource.WORKFLOW_SPEC) {
                of(layer.document(), layer.path(), layer.spec(), run.problems);
                boolean isTemplate = layer.document().kind().endsWith("WorkflowTemplate");
                if (layer.document().equals(run.request.workflow()) && !isTemplate) {
                    readAsWritten(layer, run.problems);
                }
            }
        }
    }

    /** What Argo reads of the object that is submitted before it replaces variables; of templates it reads it afterwards. */
    private static void readAsWritten(ExecWorkflow.Layer layer, List<Problem> problems) {
        BiConsumer<String, String> refuse = (field, why) -> problems.add(new Problem(
                Problem.Kind.REFUSED,
                layer.document(),
                layer.path() + field,
                why + ": Argo reads it before it replaces variables"));
        for (String field : List.of("entrypoint", "onExit")) {
            String name = Json.text(layer.spec(), field);
            if (name.contains("{{") && !Json.isSet(layer.spec(), "workflowTemplateRef")) {
                refuse.accept("." + field, "template name '" + name + "' undefined");
            }
        }
        JsonNode podGc = layer.spec().path("podGC");
        String strategy = Json.text(podGc, "strategy");
        if (strategy.contains("{{")) {
            refuse.accept(".podGC.strategy", "podGC.strategy unknown strategy '" + strategy + "'");
        }
        JsonNode labels = podGc.path("labelSelector").path("matchLabels");
        if (labels.toString().contains("{{")) {
            refuse.accept(".podGC.labelSelector.matchLabels", "podGC.labelSelector invalid: " + labels);
        }
    }

    /** The same for whatever has templates. */
    static void of(Document document, String specPath, JsonNode spec, List<Problem> problems) {
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
            validation.template(path, name, templates.path(i));
            new TemplateRules(path, name, templates.path(i), validation::refuse).check();
            new CallRules(path, name, templates.path(i), validation::refuse).check();
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
        new SpecRules(specPath, spec, validation::refuse).check();
    }

    private void template(String path, String name, JsonNode template) {
        List<String> types =
                TYPES.stream().filter(type -> Json.isSet(template, type)).toList();
        if (types.size() > 1) {
            refuse(path, "templates." + name + " multiple template types specified: " + String.join(", ", types));
        }
        if (types.isEmpty() && !defaults) {
            refuse(path, "template '" + name + "' type is unknown: it has none of container, script, steps, dag, …");
        }
        JsonNode steps = template.path("steps");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < steps.size(); i++) {
            for (int j = 0; j < steps.path(i).size(); j++) {
                String step = Json.text(steps.path(i).path(j), "name");
                if (!step.isEmpty() && !names.add(step)) {
                    String at = path + ".steps[" + i + "][" + j + "].name";
                    refuse(at, "templates." + name + ".steps[" + i + "].name '" + step + "' is not unique");
                }
            }
        }
        tasks(path + ".dag.tasks", "templates." + name, template.path("dag").path("tasks"));
    }

    private void tasks(String path, String template, JsonNode tasks) {
        Map<String, Set<String>> waits = new HashMap<>();
        for (int i = 0; i < tasks.size(); i++) {
            String name = Json.text(tasks.path(i), "name");
            if (waits.put(name, Depends.names(tasks.path(i))) != null && !name.isEmpty()) {
                refuse(path + "[" + i + "].name", template + ".tasks[" + i + "].name '" + name + "' is not unique");
            }
        }
        Set<String> circular = neverReady(waits);
        for (int i = 0; i < tasks.size(); i++) {
            String name = Json.text(tasks.path(i), "name");
            String field = path + "[" + i + "]." + (Json.has(tasks.path(i), "depends") ? "depends" : "dependencies");
            for (String other : waits.getOrDefault(name, Set.of())) {
                if (!waits.containsKey(other) && !other.contains("{{")) {
                    refuse(field, template + ".tasks." + name + " dependency '" + other + "' not defined");
                }
            }
            Matcher result = TASK.matcher(Json.text(tasks.path(i), "depends"));
            while (result.find()) {
                if (result.group(2) != null && !RESULTS.contains(result.group(2))) {
                    refuse(
                            field,
                            template + ".tasks." + name + " task result '" + result.group(2)
                                    + "' is invalid; the results are " + String.join(", ", new TreeSet<>(RESULTS)));
                }
            }
            if (circular.contains(name) && reachesItself(name, waits)) {
                refuse(field, template + ".tasks dependency cycle detected: " + name + " waits for itself");
                return;
            }
        }
    }

    /** The first that waits for itself. @param waits whom each waits for */
    static Optional<String> inCycle(Map<String, Set<String>> waits) {
        return neverReady(waits).stream()
                .sorted()
                .filter(name -> reachesItself(name, waits))
                .findFirst();
    }

    /** The tasks in a cycle, and those that wait for one. */
    private static Set<String> neverReady(Map<String, Set<String>> waits) {
        Map<String, Integer> open = new HashMap<>();
        Map<String, List<String>> next = new HashMap<>();
        Deque<String> ready = new ArrayDeque<>();
        waits.forEach((name, others) -> {
            List<String> known = others.stream().filter(waits::containsKey).toList();
            open.put(name, known.size());
            known.forEach(other ->
                    next.computeIfAbsent(other, key -> new ArrayList<>()).add(name));
            if (known.isEmpty()) {
                ready.add(name);
            }
        });
        while (!ready.isEmpty()) {
            String name = ready.remove();
            open.remove(name);
            for (String other : next.getOrDefault(name, List.of())) {
                if (open.merge(other, -1, Integer::sum) == 0) {
                    ready.add(other);
                }
            }
        }
        return open.keySet();
    }

    private static boolean reachesItself(String name, Map<String, Set<String>> waits) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            Set<String> others = waits.getOrDefault(open.remove(), Set.of());
            Budget.current().charge(Limit.WORK, 1 + others.size());
            if (others.contains(name)) {
                return true;
            }
            others.stream().filter(seen::add).forEach(open::add);
        }
        return false;
    }

    private void refuse(String path, String message) {
        Problem problem = new Problem(Problem.Kind.REFUSED, document, path, message);
        problems.add(problem);
    }
}
