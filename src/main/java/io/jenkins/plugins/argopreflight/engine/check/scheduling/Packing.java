package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.PodResources;
import io.jenkins.plugins.argopreflight.engine.kube.Quantity;
import io.jenkins.plugins.argopreflight.engine.kube.ResourceList;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** Whether pods can run on nodes at the same time in any placement; it tries them all, within a limit. */
final class Packing {

    /** Tries after which the pods count as fitting. */
    private static final int TRIES = 20_000;

    private static final String HOSTNAME = "kubernetes.io/hostname";

    /** A pod and the nodes that it can run on. */
    record Item(ArgoPod pod, List<ObjectNode> nodes) {

        ResourceList requests() {
            return PodResources.requested(pod.spec());
        }
    }

    private record Placed(ObjectNode node, Item item) {}

    private final List<Item> items;
    private final Set<String> resources;
    private final BiPredicate<ArgoPod, ArgoPod> apart;
    private final Map<Item, ResourceList> requests = new IdentityHashMap<>();
    private final List<Placed> placed = new ArrayList<>();
    private int tries;

    private Packing(List<Item> items, Collection<String> resources, BiPredicate<ArgoPod, ArgoPod> apart) {
        this.items = items.stream()
                .sorted(Comparator.comparingInt(item -> item.nodes().size()))
                .toList();
        this.resources = Set.copyOf(resources);
        this.apart = apart;
        this.items.forEach(item -> requests.put(item, item.requests().only(resources)));
    }

    /**
     * Whether there is a placement, or there are too many to try.
     *
     * @param resources whose capacity counts
     * @param apart pods that must not be on nodes with the same host name
     */
    static boolean fits(List<Item> items, Collection<String> resources, BiPredicate<ArgoPod, ArgoPod> apart) {
        Packing packing = new Packing(items, resources, apart);
        return packing.fitTogether() && packing.place(0);
    }

    /** All nodes as one. */
    private boolean fitTogether() {
        Set<ObjectNode> nodes = new LinkedHashSet<>();
        items.forEach(item -> nodes.addAll(item.nodes()));
        ResourceList sum = new ResourceList();
        for (Item item : items) {
            sum = sum.plus(requireNonNull(requests.get(item)));
        }
        for (String resource : sum.names()) {
            Quantity has = Quantity.parse("0");
            for (ObjectNode node : nodes) {
                if (isOpen(node, resource)) {
                    return true;
                }
                has = has.plus(capacity(node, resource));
            }
            if (sum.get(resource).orElseThrow().compareTo(has) > 0) {
                return false;
            }
        }
        return true;
    }

    private boolean place(int index) {
        if (index == items.size()) {
            return true;
        }
        Item item = items.get(index);
        for (ObjectNode node : item.nodes()) {
            if (++tries > TRIES) {
                return true;
            }
            if (takes(node, item)) {
                placed.add(new Placed(node, item));
                boolean all = place(index + 1);
                placed.remove(placed.size() - 1);
                if (all) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean takes(ObjectNode node, Item item) {
        ResourceList sum = requireNonNull(requests.get(item));
        boolean named = Objects.labels(node).containsKey(HOSTNAME);
        for (Placed other : placed) {
            if (other.node() == node) {
                if (named && apart.test(item.pod(), other.item().pod())) {
                    return false;
                }
                sum = sum.plus(requireNonNull(requests.get(other.item())));
            }
        }
        for (String resource : resources) {
            Quantity wanted = sum.get(resource).orElse(null);
            if (wanted != null
                    && !isOpen(node, resource)
                    && wanted.signum() > 0
                    && wanted.compareTo(capacity(node, resource)) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the capacity of a node is not known. */
    private static boolean isOpen(ObjectNode node, String resource) {
        JsonNode allocatable = node.path("status").path("allocatable");
        return allocatable.isMissingNode()
                || Quantity.read(allocatable.path(resource).asText("0")).isEmpty();
    }

    static Quantity capacity(ObjectNode node, String resource) {
        return Quantity.read(
                        node.path("status").path("allocatable").path(resource).asText("0"))
                .orElseGet(() -> Quantity.parse("0"));
    }
}
