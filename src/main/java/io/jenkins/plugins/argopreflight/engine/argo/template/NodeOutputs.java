package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The outputs of a node for the nodes after it: artifacts with their locations. Parameters are known only at run time.
 *
 * @param never the outputs that never exist, such as {@code exitCode} or {@code outputs.parameters.url}; for each, a
 *     description of the node that explains the absence
 * @param notJson the text that the node prints, if the text is certainly not JSON
 * @param absentInCache the outputs that do not exist if the result of the node comes from the cache
 */
public record NodeOutputs(
        Map<String, ObjectNode> artifacts,
        Map<String, String> never,
        Optional<String> notJson,
        Set<String> absentInCache) {

    public static final NodeOutputs NOTHING = new NodeOutputs(Map.of());

    /**
     * Outputs that a node without a pod never has: only a pod runs on a node of the cluster; source: argo-workflows
     * workflow/controller/operator.go (buildLocalScope).
     */
    private static final Map<String, String> NO_POD = Map.of("hostNodeName", "no pod, so it has no node");

    /** The outputs of a node without a pod, such as a suspended step. */
    public static final NodeOutputs WITHOUT_POD = ofGroup(Map.of());

    public NodeOutputs(Map<String, ObjectNode> artifacts) {
        this(artifacts, Map.of(), Optional.empty(), Set.of());
    }

    /** Creates the outputs of steps or a dag, whose artifacts are those of their steps or tasks. */
    public static NodeOutputs ofGroup(Map<String, ObjectNode> artifacts) {
        return new NodeOutputs(artifacts, NO_POD, Optional.empty(), Set.of());
    }

    /** Returns these outputs for a memoized template whose cache entry does not have the declared outputs. */
    public NodeOutputs withAbsentInCache(JsonNode declared) {
        Set<String> names = new HashSet<>();
        for (String field : List.of("parameters", "artifacts")) {
            declared.path(field).forEach(output -> names.add("outputs." + field + "." + Json.text(output, "name")));
        }
        return new NodeOutputs(artifacts, never, notJson, names);
    }

    /**
     * Creates the outputs of an http request. The agent returns only the result; source: argo-workflows
     * workflow/executor/agent.go.
     */
    public static NodeOutputs ofHttp(JsonNode template) {
        Map<String, String> never = new HashMap<>(NO_POD);
        never.put("exitCode", "an http request, of which there is only the result");
        for (JsonNode output : template.path("outputs").path("parameters")) {
            never.put(
                    "outputs.parameters." + Json.text(output, "name"),
                    "an http request, of which there is only the result");
        }
        return new NodeOutputs(Map.of(), never, Optional.empty(), Set.of());
    }

    /**
     * Creates the outputs of a loop, of which Argo collects results and parameters; source:
     * workflow/controller/operator.go (processAggregateNodeOutputs).
     */
    public static NodeOutputs ofLoop(NodeOutputs iteration) {
        Map<String, String> never = new HashMap<>();
        never.put("hostNodeName", "a loop, and each of its rounds has its own node");
        never.put("exitCode", "a loop, and exit codes of its rounds are not collected");
        for (String name : iteration.artifacts.keySet()) {
            never.put("outputs.artifacts." + name, "a loop, and artifacts of its rounds are not collected");
        }
        return new NodeOutputs(Map.of(), never, Optional.empty(), Set.of());
    }

    /** Creates the outputs of a pod. Artifacts with a location keep it, others only have a key in the archive. */
    public static NodeOutputs ofPod(JsonNode template, JsonNode archive, String podName) {
        Map<String, ObjectNode> artifacts = new HashMap<>();
        for (JsonNode artifact : template.path("outputs").path("artifacts")) {
            ObjectNode output = Json.copy(artifact);
            if (!Locations.hasLocation(output) && !Locations.hasKey(output)) {
                String type = Locations.type(archive);
                if (!type.isEmpty()) {
                    output.putObject(type)
                            .put(Locations.keyField(type), podName + "/" + Json.text(artifact, "name") + ".tgz");
                }
            }
            artifacts.put(Json.text(artifact, "name"), output);
        }
        return new NodeOutputs(artifacts, Map.of(), PrintedText.notJson(template), Set.of());
    }
}
