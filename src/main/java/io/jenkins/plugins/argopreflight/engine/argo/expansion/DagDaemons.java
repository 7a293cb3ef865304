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
    /** The daemons of a task, without tasks that have none. */
    private final Map<String, ConcurrentPods> daemonsByTask = new HashMap<>();
    /** The tasks with daemons on which a task depends, also indirectly, without tasks that have none. */
    private final Map<String, Set<String>> dependenciesByTask = new HashMap<>();

    DagDaemons(ConcurrentPods outer) {
        this.outer = outer;
    }

    /** Returns the running daemons at the start of a task, after the tasks on which it depends. */
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
        return running.peak().beside(outer);
    }

    /** Records the daemons of a task that was executed. */
    void add(String task, ConcurrentPods pods) {
        ConcurrentPods daemons = pods.left();
        if (!daemons.pods().isEmpty()) {
            daemonsByTask.put(task, daemons);
        }
    }
}
