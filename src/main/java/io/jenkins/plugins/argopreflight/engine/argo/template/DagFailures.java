package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Tolerance;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A decision whether a DAG succeeds although one of its tasks does not. An omitted task ends like the tasks on which it
 * depends, and the targets decide; source: argo-workflows workflow/controller/dag.go (assessDAGPhase).
 */
public final class DagFailures {

    private final List<JsonNode> tasks = new ArrayList<>();
    private final Map<String, JsonNode> byName = new HashMap<>();
    private final Map<String, Depends> dependencies;
    private final Set<String> targets;
    /** False if a failure omits the following tasks up to the targets. */
    private final boolean isTolerant;

    /**
     * Reads the tasks and targets of a DAG.
     *
     * @param order names of the tasks that run, each after its dependencies
     * @param dependencies dependencies of each task
     */
    public DagFailures(
            JsonNode dag, List<String> order, Map<String, Integer> index, Map<String, Depends> dependencies) {
        this.dependencies = dependencies;
        for (String name : order) {
            JsonNode task = dag.path("tasks").get(Objects.requireNonNull(index.get(name)));
            tasks.add(task);
            byName.put(name, task);
        }
        this.targets = targets(dag, order);
        this.isTolerant = tasks.stream().anyMatch(task -> Json.isSet(task, "continueOn"))
                || order.stream().map(this::depends).anyMatch(Depends::canTolerateFailure);
    }

    private Depends depends(String task) {
        return Objects.requireNonNull(dependencies.get(task));
    }

    private Set<String> targets(JsonNode dag, List<String> order) {
        String target = Json.text(dag, "target");
        if (!target.isBlank()) {
            return new HashSet<>(List.of(target.strip().split("\\s+")));
        }
        Set<String> leaves = new HashSet<>(order);
        order.forEach(task -> leaves.removeAll(depends(task).names()));
        return leaves;
    }

    /** Returns the tolerance of the DAG for one task. */
    public Tolerance of(String task) {
        return isTolerant
                ? new Tolerance(
                        isTolerated(task, Depends.State.FAILED),
                        isTolerated(task, Depends.State.ERRORED),
                        /* pending= */ false,
                        isTolerated(task, Depends.State.ERRORED))
                : Tolerance.NONE;
    }

    /** Returns whether the DAG succeeds if a task ends in a state and all other tasks succeed or are omitted. */
    private boolean isTolerated(String failing, Depends.State end) {
        Budget.current().charge(Limit.WORK_UNITS, tasks.size());
        Map<String, Depends.State> states = new HashMap<>();
        Set<String> ended = new HashSet<>();
        byName.keySet().forEach(name -> states.put(name, Depends.State.RUNS));
        for (JsonNode task : tasks) {
            String name = Json.text(task, "name");
            if (name.equals(failing)) {
                states.put(name, continues(task, end) ? end.continued() : end);
                ended.add(name);
            } else if (!depends(name).decide(states).orElse(true)) {
                states.put(name, Depends.State.OMITTED);
                if (depends(name).names().stream().anyMatch(ended::contains)) {
                    ended.add(name);
                }
            }
        }
        return targets.stream()
                .filter(ended::contains)
                .allMatch(target -> Optional.ofNullable(byName.get(target))
                        .filter(task -> continues(task, end))
                        .isPresent());
    }

    private static boolean continues(JsonNode task, Depends.State end) {
        return task.path("continueOn")
                .path(end == Depends.State.FAILED ? "failed" : "error")
                .asBoolean();
    }
}
