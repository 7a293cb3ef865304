package io.jenkins.plugins.argopreflight.engine.workflow.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a node leaves for those after it: artifacts with their locations; parameters are known only at run time.
 *
 * @param never the outputs that are never there, such as {@code exitCode} or {@code outputs.parameters.url},
 *     with what the node is that has none
 * @param notJson what it prints, where that is certainly no JSON
 * @param cached the outputs that are not there where the node comes from the cache
 */
public record NodeOutputs(
        Map<String, ObjectNode> artifacts, Map<String, String> never, Optional<String> notJson, Set<String> cached) {

    public static final NodeOutputs NOTHING = new NodeOutputs(Map.of());

    /** Only a pod has a node; source: argo-workflows workflow/controller/operator.go (buildLocalScope). */
    private static final Map<String, String> NO_POD = Map.of("hostNodeName", "no pod, so it has no node");

    /** Of what has no pod, as a suspended step. */
    public static final NodeOutputs WITHOUT_POD = ofGroup(Map.of());

    public NodeOutputs(Map<String, ObjectNode> artifacts) {
        this(artifacts, Map.of(), Optional.empty(), Set.of());
    }

    /** Of steps or a dag, whose artifacts are those of their members. */
    public static NodeOutputs ofGroup(Map<String, ObjectNode> artifacts) {
        return new NodeOutputs(artifacts, NO_POD, Optional.empty(), Set.of());
    }

    /** Returns the same of a template whose cache entry has none of its outputs. */
    public NodeOutputs storedWithout(JsonNode outputs) {
        Set<String> names = new HashSet<>();
        for (String field : List.of("parameters", "artifacts")) {
            outputs.path(field).forEach(output -> names.add("outputs." + field + "." + Json.text(output, "name")));
        }
        return new NodeOutputs(artifacts, never, notJson, names);
    }

    /** Of a request the agent leaves the result only; source: argo-workflows workflow/executor/agent.go. */
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

    /** Of a loop Argo collects results and parameters; source: workflow/controller/operator.go (processAggregateNodeOutputs). */
    public static NodeOutputs ofLoop(NodeOutputs round) {
        Map<String, String> never = new HashMap<>();
        never.put("hostNodeName", "a loop, and each of its rounds has its own node");
        never.put("exitCode", "a loop, and exit codes of its rounds are not collected");
        for (String name : round.artifacts.keySet()) {
            never.put("outputs.artifacts." + name, "a loop, and artifacts of its rounds are not collected");
        }
        return new NodeOutputs(Map.of(), never, Optional.empty(), Set.of());
    }

    /** What a pod leaves: artifacts with a location of their own keep it, others have only a key in the archive. */
    public static NodeOutputs ofPod(JsonNode template, JsonNode archive, String podName) {
        Map<String, ObjectNode> artifacts = new HashMap<>();
        for (JsonNode artifact : template.path("outputs").path("artifacts")) {
            ObjectNode left = Json.copy(artifact);
            if (!Locations.hasLocation(left) && !Locations.hasKey(left)) {
                String type = Locations.type(archive);
                if (!type.isEmpty()) {
                    left.putObject(type)
                            .put(Locations.keyField(type), podName + "/" + Json.text(artifact, "name") + ".tgz");
                }
            }
            artifacts.put(Json.text(artifact, "name"), left);
        }
        return new NodeOutputs(artifacts, Map.of(), PrintedText.notJson(template), Set.of());
    }
}
