package io.jenkins.plugins.argopreflight.engine.render.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The layers of a graph: for each node, the number of nodes before it. */
final class GraphLayers {

    private GraphLayers() {}

    /**
     * Returns for each node the number of nodes before it on the longest path from a root. An edge that closes a cycle
     * is ignored; Argo creates none.
     *
     * @param children the children of each node; ids that are not keys are ignored
     */
    static Map<String, Integer> of(Map<String, List<String>> children) {
        Map<String, Integer> parents = new HashMap<>();
        children.values().forEach(each -> each.forEach(child -> parents.merge(child, 1, Integer::sum)));
        Map<String, Integer> layers = new HashMap<>();
        Deque<String> ready = new ArrayDeque<>();
        children.keySet().stream().filter(id -> !parents.containsKey(id)).forEach(ready::add);
        while (!ready.isEmpty()) {
            String id = ready.poll();
            int layer = layers.computeIfAbsent(id, any -> 0);
            for (String child : children.getOrDefault(id, List.of())) {
                if (children.containsKey(child)) {
                    layers.merge(child, layer + 1, Math::max);
                    if (parents.merge(child, -1, Integer::sum) == 0) {
                        ready.add(child);
                    }
                }
            }
        }
        children.keySet().forEach(id -> layers.putIfAbsent(id, 0));
        return layers;
    }
}
