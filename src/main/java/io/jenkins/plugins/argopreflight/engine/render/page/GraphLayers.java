package io.jenkins.plugins.argopreflight.engine.render.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many nodes of a graph are before each one. */
final class GraphLayers {

    private GraphLayers() {}

    /**
     * For each node, the number of nodes before it on the longest way from a root. An edge that closes a circle, which Argo
     * makes none of, is left out.
     *
     * @param children by node; those that are no nodes themselves do not count
     */
    static Map<String, Integer> of(Map<String, List<String>> children) {
        Map<String, Integer> parents = new HashMap<>();
        children.values().forEach(each -> each.forEach(child -> parents.merge(child, 1, Integer::sum)));
        Map<String, Integer> layers = new HashMap<>();
        Deque<String> open = new ArrayDeque<>();
        children.keySet().stream().filter(id -> !parents.containsKey(id)).forEach(open::add);
        while (!open.isEmpty()) {
            String id = open.poll();
            int layer = layers.computeIfAbsent(id, any -> 0);
            for (String child : children.getOrDefault(id, List.of())) {
                if (children.containsKey(child)) {
                    layers.merge(child, layer + 1, Math::max);
                    if (parents.merge(child, -1, Integer::sum) == 0) {
                        open.add(child);
                    }
                }
            }
        }
        children.keySet().forEach(id -> layers.putIfAbsent(id, 0));
        return layers;
    }
}
