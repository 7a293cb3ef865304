package io.jenkins.plugins.argopreflight.engine.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.When;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A dag template: tasks after those they depend on; source: argo-workflows workflow/controller/dag.go. */
final class DagWalk {

    private final Run run;
    private final Walker walker;

    DagWalk(Run run, Walker walker) {
        this.run = run;
        this.walker = walker;
    }

    Outcome walk(Walker.Resolved resolved, Call call) {
        Family family = new Family(run, walker, "tasks", resolved, call);
        JsonNode dag = resolved.template().path("dag");
        Map<String, Integer> index = new LinkedHashMap<>();
        for (int i = 0; i < dag.path("tasks").size(); i++) {
            index.putIfAbsent(Json.text(dag.path("tasks").get(i), "name"), i);
        }
        Map<String, Depends.State> states = new HashMap<>();
        Map<String, Integer> depths = new HashMap<>();
        Map<Integer, Peak.Sum> levels = new HashMap<>();
        List<String> order = order(dag, index);
        DagFailures failures = new DagFailures(dag, order, index);
        for (String name : order) {
            int i = index.get(name);
            String path = resolved.found().path() + ".dag.tasks[" + i + "]";
            run.peak = Peak.NONE;
            states.put(name, task(family, dag.path("tasks").get(i), path, states, call, resolved, failures));
            int depth = Depends.names(dag.path("tasks").get(i)).stream()
                    .mapToInt(other -> depths.getOrDefault(other, 0) + 1)
                    .max()
                    .orElse(0);
            depths.put(name, depth);
            levels.computeIfAbsent(depth, level -> new Peak.Sum()).add(run.peak, 1);
        }
        run.peak = Json.isSet(resolved.template(), "synchronization")
                ? Peak.NONE
                : levels.values().stream()
                        .map(Peak.Sum::peak)
                        .reduce(Peak.NONE, Peak::max)
                        .limited(resolved.template().path("parallelism").asLong());
        return family.outcome();
    }

    /** The tasks that run, each after its dependencies: all, or those that the targets need. */
    private static List<String> order(JsonNode dag, Map<String, Integer> index) {
        List<String> order = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Set<String> done = new HashSet<>();
        String target = Json.text(dag, "target");
        List<String> targets = target.isBlank()
                ? List.copyOf(index.keySet())
                : List.of(target.strip().split("\\s+"));
        List<String> stack = new ArrayList<>();
        for (String root : targets) {
            stack.add(root);
            while (!stack.isEmpty()) {
                String name = stack.get(stack.size() - 1);
                if (!index.containsKey(name) || done.contains(name)) {
                    stack.remove(stack.size() - 1);
                    continue;
                }
                if (seen.add(name)) {
                    for (String dependency : Depends.names(dag.path("tasks").get(index.get(name)))) {
                        if (!seen.contains(dependency)) {
                            stack.add(dependency);
                        }
                    }
                } else {
                    stack.remove(stack.size() - 1);
                    order.add(name);
                    done.add(name);
                }
            }
        }
        return order;
    }

    private Depends.State task(
            Family family,
            JsonNode written,
            String path,
            Map<String, Depends.State> states,
            Call call,
            Walker.Resolved resolved,
            DagFailures failures) {
        String name = Json.text(written, "name");
        Certainty certainty =
                call.certainty().tolerating(call.certainty().tolerance().ofTask(failures.of(name)));
        Depends.State state = Depends.State.RUNS;
        Decision depends = Decision.ofDepends(Depends.decide(written, states), Depends.text(written));
        if (!depends.isSure()) {
            certainty = depends.of(certainty);
            state = depends.otherwise().isPresent() ? Depends.State.OMITTED : Depends.State.MAY_BE_OMITTED;
        }
        String when = run.substitution.replace(Json.text(written, "when"), family.scope());
        Optional<Boolean> runs = When.decide(when);
        Call at = call.at(resolved.found().document(), path);
        if (runs.isPresent() && !runs.get() || !run.reads(when, at)) {
            family.left(name, Outcome.NOTHING);
            return Depends.State.SKIPPED;
        }
        JsonNode task = family.substitute(written);
        Outcome last = Outcome.NOTHING;
        Peak.Sum together = new Peak.Sum();
        for (Loops.Round round : new Loops(run).rounds(task, family.scope(), certainty, at)) {
            String condition = Json.text(round.step(), "when");
            Decision decision = Decision.ofWhen(condition, call.onExit());
            if (run.reads(condition, at) && !decision.isNever()) {
                Certainty sure = decision.of(round.certainty());
                state = decision.isSure() || state != Depends.State.RUNS ? state : Depends.State.MAY_BE_SKIPPED;
                run.peak = Peak.NONE;
                last = family.execute(
                        call.nodeName() + "." + Json.text(round.step(), "name"), round.step(), path, sure);
                together.add(run.peak, round.times(call.certainty()));
            }
        }
        run.peak = together.peak();
        family.left(name, Loops.isLoop(task) ? Outcome.NOTHING : last);
        return state;
    }
}
