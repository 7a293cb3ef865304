package io.jenkins.plugins.argopreflight.engine.model.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** Amounts by the resource's name, in the order of the names: {@code cpu}, {@code requests.memory}, and so on. */
public final class ResourceList {

    private final Map<String, Quantity> quantities = new TreeMap<>();

    /** Reads a field such as {@code resources.requests}. The amounts are rounded as in a pod. */
    public static ResourceList of(JsonNode list) {
        ResourceList result = new ResourceList();
        list.properties()
                .forEach(entry ->
                        result.put(entry.getKey(), Quantity.of(entry.getValue()).roundedToMilli()));
        return result;
    }

    public void put(String name, Quantity quantity) {
        quantities.put(name, quantity);
    }

    public Set<String> names() {
        return quantities.keySet();
    }

    public Optional<Quantity> get(String name) {
        return Optional.ofNullable(quantities.get(name));
    }

    public boolean has(String name) {
        return quantities.containsKey(name);
    }

    public boolean isEmpty() {
        return quantities.isEmpty();
    }

    /** Returns the sum for each name. */
    public ResourceList plus(ResourceList other) {
        return merge(other, Quantity::plus);
    }

    /** Returns each amount multiplied by a number. */
    public ResourceList times(long number) {
        ResourceList result = new ResourceList();
        quantities.forEach((name, quantity) -> result.put(name, quantity.times(number)));
        return result;
    }

    /** Returns the greater amount of both lists for each name. */
    ResourceList max(ResourceList other) {
        return merge(other, (mine, theirs) -> theirs.compareTo(mine) > 0 ? theirs : mine);
    }

    private ResourceList merge(ResourceList other, BinaryOperator<Quantity> merge) {
        ResourceList result = new ResourceList();
        result.quantities.putAll(quantities);
        other.quantities.forEach((name, quantity) -> result.quantities.merge(name, quantity, merge));
        return result;
    }

    /** Returns the amounts of these resources. */
    public ResourceList only(Collection<String> names) {
        ResourceList result = new ResourceList();
        result.quantities.putAll(quantities);
        result.quantities.keySet().retainAll(names);
        return result;
    }

    /** Returns the amounts as quota messages write them: {@code limits.cpu=2,pods=1}. */
    @Override
    public String toString() {
        return quantities.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
