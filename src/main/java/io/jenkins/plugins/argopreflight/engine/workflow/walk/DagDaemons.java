package io.jenkins.plugins.argopreflight.engine.workflow.walk;

import io.jenkins.plugins.argopreflight.engine.workflow.model.ConcurrentPods;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The daemons of a dag: each runs when the tasks that depend on it begin, and until the dag has ended. */
final class DagDaemons {

    private final Walker walker;
    private final ConcurrentPods outer;
    /** The daemons of a task; none for most. */
    private final Map<String, ConcurrentPods> own = new HashMap<>();
    /** The tasks with daemons that a task depends on, also through others; none for most. */
    private final Map<String, Set<String>> before = new HashMap<>();

    DagDaemons(Walker walker) {
        this.walker = walker;
        this.outer = walker.daemons();
    }

    /** A task begins, after all that it depends on. */
    void before(String task, Set<String> dependencies) {
        Set<String> names = new LinkedHashSet<>();
        for (String dependency : dependencies) {
            names.addAll(before.getOrDefault(dependency, Set.of()));
            if (own.containsKey(dependency)) {
                names.add(dependency);
            }
        }
        ConcurrentPods.Sum running = new ConcurrentPods.Sum();
        names.forEach(name -> running.add(Objects.requireNonNull(own.get(name)), 1));
        if (!names.isEmpty()) {
            before.put(task, names);
        }
        walker.daemons(running.peak().beside(outer));
    }

    /** The task was executed. */
    void after(String task) {
        ConcurrentPods left = walker.peak().left();
        if (!left.pods().isEmpty()) {
            own.put(task, left);
        }
    }

    void end() {
        walker.daemons(outer);
    }
}
