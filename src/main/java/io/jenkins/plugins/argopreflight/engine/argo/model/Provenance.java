package io.jenkins.plugins.argopreflight.engine.argo.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The sources of a pod's fields, as layers in the order in which they were applied. A field comes from the last layer
 * that has the field. Elements of lists are addressed by name: {@code spec.containers[main].env[HOME]}.
 */
public final class Provenance {

    private static final List<String> NAME_FIELDS = List.of("mountPath", "name", "containerPort", "ip", "key");

    private record Layer(
            String prefix, FieldSource source, @Nullable Document document, String path, JsonNode tree) {}

    private record Found(Layer layer, String path, JsonNode value) {}

    /** Minimum number of elements of a list that is indexed by name instead of searched. */
    private static final int MIN_INDEXED_ELEMENTS = 200;

    private final List<Layer> layers = new ArrayList<>();
    private final Map<ArrayNode, Map<String, Integer>> indices = Collections.synchronizedMap(new IdentityHashMap<>(0));

    /**
     * Records a tree that was applied to a field of the pod.
     *
     * @param prefix the pod's field
     * @param path path of the tree in the document
     */
    public void record(String prefix, FieldSource source, @Nullable Document document, String path, JsonNode tree) {
        if (tree != null && !tree.isMissingNode()) {
            layers.add(new Layer(prefix, source, document, path, FrozenJson.value(tree)));
        }
    }

    public void record(String prefix, FieldSource source, JsonNode tree) {
        record(prefix, source, null, "", tree);
    }

    Origin originOf(String podPath) {
        return find(podPath)
                .map(found -> origin(found.layer(), found.path()))
                .orElse(new Origin(FieldSource.ARGO, "", Optional.empty()));
    }

    /** Returns the value of the last layer with the field; "" if no layer has it. */
    String lastValue(String podPath) {
        return find(podPath).map(found -> Json.text(found.value())).orElse("");
    }

    private Optional<Found> find(String podPath) {
        for (int i = layers.size() - 1; i >= 0; i--) {
            Layer layer = layers.get(i);
            // A layer of these three sources sets only some fields below its prefix.
            boolean isWholeLayer = podPath.equals(layer.prefix())
                    && layer.source() != FieldSource.EXECUTOR
                    && layer.source() != FieldSource.MAIN_CONTAINER
                    && layer.source() != FieldSource.ADMISSION;
            boolean isInLayer = podPath.startsWith(layer.prefix())
                    && podPath.length() > layer.prefix().length()
                    && ".[".indexOf(podPath.charAt(layer.prefix().length())) >= 0;
            if (isWholeLayer || isInLayer) {
                Optional<Found> found = follow(
                        layer, FieldPath.parts(podPath.substring(layer.prefix().length())));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Origin origin(Layer layer, String path) {
        return layer.document() == null
                ? new Origin(layer.source(), "", Optional.empty())
                : new Origin(layer.source(), path, Optional.of(layer.document()));
    }

    private Optional<Found> follow(Layer layer, List<String> parts) {
        JsonNode node = layer.tree();
        String path = layer.path();
        for (String part : parts) {
            if (part.isEmpty()) {
                continue;
            }
            if (node instanceof ArrayNode list) {
                int index = index(list, part);
                if (index < 0) {
                    return Optional.empty();
                }
                node = list.get(index);
                path = FieldPath.element(path, index);
            } else {
                node = node.get(part);
                if (node == null) {
                    return Optional.empty();
                }
                path = FieldPath.field(path, part);
            }
        }
        return Optional.of(new Found(layer, path, node));
    }

    private int index(ArrayNode list, String name) {
        if (list.size() >= MIN_INDEXED_ELEMENTS) {
            return indices.computeIfAbsent(list, Provenance::indices).getOrDefault(name, -1);
        }
        for (int i = 0; i < list.size(); i++) {
            if (name.equals(nameOf(list.get(i), i))) {
                return i;
            }
        }
        return -1;
    }

    private static Map<String, Integer> indices(ArrayNode list) {
        Map<String, Integer> indices = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            indices.putIfAbsent(nameOf(list.get(i), i), i);
        }
        return indices;
    }

    /** Returns the name of an element in a path: its merge key, else its index. */
    public static String nameOf(JsonNode element, int index) {
        for (String field : NAME_FIELDS) {
            if (element.path(field).isValueNode()) {
                return Json.text(element, field);
            }
        }
        return Integer.toString(index);
    }

    /** Calls a consumer with each value of a tree that is a scalar or an empty list or map, and its path. */
    static void forEachLeaf(JsonNode node, String path, BiConsumer<String, JsonNode> consumer) {
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            object.properties()
                    .forEach(field -> forEachLeaf(field.getValue(), FieldPath.field(path, field.getKey()), consumer));
        } else if (node instanceof ArrayNode list && !list.isEmpty()) {
            for (int i = 0; i < list.size(); i++) {
                forEachLeaf(list.get(i), path + "[" + nameOf(list.get(i), i) + "]", consumer);
            }
        } else {
            consumer.accept(path, node);
        }
    }
}
