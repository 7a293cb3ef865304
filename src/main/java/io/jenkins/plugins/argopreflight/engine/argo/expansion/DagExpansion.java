package io.jenkins.plugins.argopreflight.engine.argo.expansion;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.UnknownMarks;
import io.jenkins.plugins.argopreflight.engine.argo.expression.UnknownNames;
import io.jenkins.plugins.argopreflight.engine.argo.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.argo.model.ConcurrentPods;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.argo.pod.PodCollector;
import io.jenkins.plugins.argopreflight.engine.argo.template.DagFailures;
import io.jenkins.plugins.argopreflight.engine.argo.template.Decision;
import io.jenkins.plugins.argopreflight.engine.argo.template.Depends;
import io.jenkins.plugins.argopreflight.engine.argo.template.ExecutedNode;
import io.jenkins.plugins.argopreflight.engine.argo.template.ResolvedTemplate;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The expansion of a dag template: each task after those on which it depends; source: argo-workflows
 * workflow/controller/dag.go.
 */
final class DagExpansion {

    private final Simulation run;
    private final PodCollector pods;
    private final TemplateSimulator simulator;

    DagExpansion(Simulation run, PodCollector pods, TemplateSimulator simulator) {
        this.run = run;
        this.pods = pods;
        this.simulator = simulator;
    }

    /** Executes the tasks, each after its dependencies, and returns the node of the dag. */
    ExecutedNode expand(ResolvedTemplate resolved, TemplateCall call) {
        SiblingNodes siblings = new SiblingNodes(run, simulator, "tasks", resolved, call);
        JsonNode dag = FrozenJson.value(resolved.template().path("dag"));
        Map<String, Integer> index = new LinkedHashMap<>();
        for (int i = 0; i < dag.path("tasks").size(); i++) {
            index.putIfAbsent(Json.text(dag.path("tasks").get(i), "name"), i);
        }
        Map<String, Depends> dependencies = Depends.of(Json.byName(dag.path("tasks")));
        pods.order()
                .dag(
                        call.nodeName(),
                        task -> dependencies.containsKey(task)
                                ? dependencies.get(task).names()
                                : Set.of());
        checkTargets(dag, index, resolved, call);
        Map<String, Depends.State> states = new HashMap<>();
        Map<String, Integer> depths = new HashMap<>();
        SortedMap<Integer, ConcurrentPods.Sum> levels = new TreeMap<>();
        DagDaemons daemons = new DagDaemons(call.daemons());
        List<String> order = order(dag, dependencies);
        DagFailures failures = new DagFailures(dag, order, index, dependencies);
        for (String name : order) {
            int i = Objects.requireNonNull(index.get(name));
            String path = resolved.found().path() + ".dag.tasks[" + i + "]";
            Depends depends = Objects.requireNonNull(dependencies.get(name));
            TemplateCall taskCall = call.withLocation(resolved.found().document(), path)
                    .withDaemons(daemons.before(name, depends.names()));
            Member.Executed task = task(siblings, dag.path("tasks").get(i), depends, states, taskCall, failures);
            states.put(name, task.state());
            task.absence().ifPresent(siblings.absentOutputs()::record);
            siblings.recordOutputs(name, task.outputs());
            daemons.add(name, task.pods());
            int depth = depends.names().stream()
                    .mapToInt(other -> depths.getOrDefault(other, 0) + 1)
                    .max()
                    .orElse(0);
            depths.put(name, depth);
            levels.computeIfAbsent(depth, level -> new ConcurrentPods.Sum()).add(task.pods(), 1);
        }
        return siblings.createNode(largestGroup(levels));
    }

    /**
     * Returns the largest group of pods that run at the same time. The daemons of one depth continue to run at greater
     * depths.
     */
    private static ConcurrentPods largestGroup(SortedMap<Integer, ConcurrentPods.Sum> levels) {
        ConcurrentPods largest = ConcurrentPods.NONE;
        ConcurrentPods daemons = ConcurrentPods.NONE;
        for (ConcurrentPods.Sum level : levels.values()) {
            largest = largest.max(level.peak().plus(daemons));
            daemons = level.peak().daemonsOnly().plus(daemons);
        }
        return largest;
    }

    /**
     * Checks the targets. A target without variables is checked with the template. For a template that is called,
     * Argo's validation replaces each input by a placeholder (workflow/validate/validate.go, FakeArguments).
     */
    private void checkTargets(JsonNode dag, Map<String, Integer> index, ResolvedTemplate resolved, TemplateCall call) {
        String target = Json.text(dag, "target");
        String original = Json.text(resolved.found().template().path("dag"), "target");
        boolean isLiteral = !original.contains("{{");
        boolean isCalled = call.boundary() != null
                && !Json.isSet(call.holder(), "templateRef")
                && !Json.text(resolved.template(), "name").equals(Json.text(run.spec(), "entrypoint"));
        if (isCalled && original.contains("{{inputs.")) {
            run.problem(
                    Problem.Kind.REFUSED,
                    call.withLocation(
                            resolved.found().document(), resolved.found().path() + ".dag.target"),
                    "templates." + Json.text(resolved.template(), "name") + ".targets: target '" + original
                            + "' is not defined: Argo's validation does not know the inputs of a template that is"
                            + " called");
            return;
        }
        for (String each :
                isLiteral || target.isBlank() ? new String[0] : target.strip().split("\\s+")) {
            if (!index.containsKey(each) && !UnknownMarks.isIn(each)) {
                run.problem(
                        Problem.Kind.REFUSED,
                        call.withLocation(
                                resolved.found().document(), resolved.found().path() + ".dag.target"),
                        "templates." + Json.text(resolved.template(), "name") + ".targets: target '" + each
                                + "' is not defined");
            }
        }
    }

    /** Returns the tasks that run, each after its dependencies: all tasks, or those that the targets need. */
    private static List<String> order(JsonNode dag, Map<String, Depends> dependencies) {
        List<String> order = new ArrayList<>();
        Set<String> visited = new HashSet<>();
        Set<String> added = new HashSet<>();
        String target = Json.text(dag, "target");
        List<String> targets = target.isBlank()
                ? List.copyOf(dependencies.keySet())
                : List.of(target.strip().split("\\s+"));
        List<String> stack = new ArrayList<>();
        for (String root : targets) {
            stack.add(root);
            while (!stack.isEmpty()) {
                String name = stack.get(stack.size() - 1);
                if (!dependencies.containsKey(name) || added.contains(name)) {
                    stack.remove(stack.size() - 1);
                    continue;
                }
                if (visited.add(name)) {
                    for (String dependency : dependencies.get(name).names()) {
                        if (!visited.contains(dependency)) {
                            stack.add(dependency);
                        }
                    }
                } else {
                    stack.remove(stack.size() - 1);
                    order.add(name);
                    added.add(name);
                }
            }
        }
        return order;
    }

    private Member.Executed task(
            SiblingNodes siblings,
            JsonNode task,
            Depends depends,
            Map<String, Depends.State> states,
            TemplateCall call,
            DagFailures failures) {
        Certainty certainty = call.certainty()
                .withTolerance(call.certainty().tolerance().ofTask(failures.of(Json.text(task, "name"))));
        boolean isReadable = isReadable(depends, states.keySet(), call.withCertainty(certainty));
        Decision decision = Decision.ofDepends(isReadable ? depends.decide(states) : Optional.of(true), depends.text());
        if (!decision.isSure()) {
            certainty = decision.of(certainty);
        }
        TemplateCall taskCall = call.withCertainty(certainty);
        Predicate<String> isReachedWithout = other -> isEvaluatedWithout(depends, other, states, decision.isSure());
        siblings.absentUses().reportUsesInVolumes(taskCall, depends.names()::contains);
        Member.Executed executed = siblings.execute(new Member(
                task,
                call.nodeName() + ".",
                taskCall,
                certainty,
                call.certainty(),
                isReachedWithout,
                other -> isReachedWithout.test(other)
                        && (states.get(other) == Depends.State.OMITTED
                                || Json.text(task, "when").isBlank())));
        if (decision.isSure() || executed.state() == Depends.State.SKIPPED) {
            return executed;
        }
        return decision.otherwise().isPresent()
                ? executed.with(Depends.State.OMITTED, Optional.of(AbsentOutputs.ofOmitted(task)))
                : executed.with(Depends.State.MAY_BE_OMITTED, executed.absence());
    }

    /**
     * Returns whether Argo can parse the dependencies of a task. Argo converts them to an expression that contains the
     * names of tasks.
     */
    private boolean isReadable(Depends depends, Set<String> others, TemplateCall taskCall) {
        Optional<String> error = depends.names().stream()
                .filter(name -> UnknownNames.WORDS.contains(name) && others.contains(name))
                .map(name -> "'" + name + ".Succeeded': " + name
                        + " is a word of the expression language; give the task another name")
                .findFirst()
                .or(() ->
                        depends.syntaxError().map(reason -> "'" + UnknownValues.show(depends.text()) + "': " + reason));
        error.ifPresent(reason -> run.problem(
                Problem.Kind.REFUSED,
                taskCall.withLocation(
                        taskCall.document(), taskCall.path() + (depends.isList() ? ".dependencies" : ".depends")),
                "unable to evaluate expression " + reason));
        return error.isEmpty();
    }

    /**
     * Returns whether the condition of a task is evaluated if another task on which it depends does not run.
     *
     * @param isReady whether the condition is evaluated if all tasks before succeed
     */
    private static boolean isEvaluatedWithout(
            Depends depends, String other, Map<String, Depends.State> states, boolean isReady) {
        if (states.get(other) == Depends.State.OMITTED) {
            return isReady;
        }
        Map<String, Depends.State> statesThen = new HashMap<>(states);
        statesThen.put(other, Depends.State.SKIPPED);
        return depends.names().contains(other) && depends.decide(statesThen).orElse(false);
    }
}
