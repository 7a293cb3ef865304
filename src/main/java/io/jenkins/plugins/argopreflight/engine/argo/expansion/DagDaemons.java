package io.jenkins.plugins.argopreflight.engine.argo.expansion;

import io.jenkins.plugins.argopreflight.engine.argo.model.ConcurrentPods;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The daemons of a dag. A daemon runs from the start of the tasks that depend on it until the end of the dag. */
final class DagDaemons {

    private final ConcurrentPods outer;
    /** The daemons of a task. Tasks without daemons are left out. */
    private final Map<String, ConcurrentPods> daemonsByTask = new HashMap<>();
    /**
     * The tasks with daemons on which a task depends, also indirectly. Tasks without dependencies of this kind are left
     * out.
     */
    private final Map<String, Set<String>> dependenciesByTask = new HashMap<>();

    DagDaemons(ConcurrentPods outer) {
        this.outer = outer;
    }

    /**
     * Returns the daemons that run when a task starts: those around the dag, and those of the tasks on which the task
     * depends, also indirectly.
     */
    ConcurrentPods before(String task, Set<String> dependencies) {
        Set<String> names = new LinkedHashSet<>();
        for (String dependency : dependencies) {
            names.addAll(dependenciesByTask.getOrDefault(dependency, Set.of()));
            if (daemonsByTask.containsKey(dependency)) {
                names.add(dependency);
            }
        }
        ConcurrentPods.Sum running = new ConcurrentPods.Sum();
        names.forEach(name -> running.add(Objects.requireNonNull(daemonsByTask.get(name)), 1));
        if (!names.isEmpty()) {
            dependenciesByTask.put(task, names);
        }
        return running.peak().plus(outer);
    }

    /** Records the daemons of a task that was executed. */
    void add(String task, ConcurrentPods pods) {
        ConcurrentPods daemons = pods.daemonsOnly();
        if (!daemons.pods().isEmpty()) {
            daemonsByTask.put(task, daemons);
        }
    }
}
