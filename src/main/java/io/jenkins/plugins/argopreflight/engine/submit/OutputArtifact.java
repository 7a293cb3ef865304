package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An output artifact of a node.
 *
 * @param nodeId the node's id
 * @param node the node's display name
 * @param key the key in its store; "" if the store has no keys
 * @param plain whether it is stored as it is ({@code archive: none})
 */
public record OutputArtifact(String nodeId, String node, String name, String key, boolean plain) {

    /** Returns all artifacts of a workflow, in the order of its nodes. */
    public static List<OutputArtifact> of(ObjectNode workflow) {
        List<OutputArtifact> artifacts = new ArrayList<>();
        workflow.path("status")
                .path("nodes")
                .properties()
                .forEach(entry -> entry.getValue()
                        .path("outputs")
                        .path("artifacts")
                        .forEach(artifact -> artifacts.add(new OutputArtifact(
                                entry.getKey(),
                                Json.text(entry.getValue(), "displayName"),
                                Json.text(artifact, "name"),
                                key(artifact),
                                artifact.path("archive").has("none")))));
        return artifacts;
    }

    /**
     * Returns the requested artifacts.
     *
     * @param wanted names, or {@code NODE/NAME}
     * @throws ArtifactException if one of them does not exist, with a list of those that do
     */
    public static List<OutputArtifact> select(List<OutputArtifact> all, List<String> wanted) throws ArtifactException {
        Set<OutputArtifact> selected = new LinkedHashSet<>();
        for (String each : wanted) {
            List<OutputArtifact> found =
                    all.stream().filter(artifact -> artifact.isCalled(each)).toList();
            if (found.isEmpty()) {
                throw new ArtifactException("the workflow has no output artifact \"" + each + "\"; it has: "
                        + (all.isEmpty()
                                ? "none"
                                : all.stream()
                                        .map(artifact -> artifact.node + "/" + artifact.name)
                                        .distinct()
                                        .limit(20)
                                        .collect(Collectors.joining(", "))));
            }
            selected.addAll(found);
        }
        return List.copyOf(selected);
    }

    private boolean isCalled(String wanted) {
        return wanted.equals(name) || wanted.equals(node + "/" + name);
    }

    private static String key(JsonNode artifact) {
        for (JsonNode store : artifact) {
            if (store.isObject() && store.has("key")) {
                return Json.text(store, "key");
            }
        }
        return "";
    }
}
