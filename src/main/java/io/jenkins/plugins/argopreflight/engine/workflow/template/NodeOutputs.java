package io.jenkins.plugins.argopreflight.engine.workflow.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a node leaves for those after it: artifacts with their locations; parameters are known only at run time.
 *
 * @param never the output parameters that its template declares, and that nothing fills
 * @param notJson what it prints, where that is certainly no JSON
 */
public record NodeOutputs(Map<String, ObjectNode> artifacts, Set<String> never, Optional<String> notJson) {

    public static final NodeOutputs NOTHING = new NodeOutputs(Map.of());

    public NodeOutputs(Map<String, ObjectNode> artifacts) {
        this(artifacts, Set.of(), Optional.empty());
    }

    /** Of a request the agent leaves the result only; source: argo-workflows workflow/executor/agent.go. */
    public static NodeOutputs ofHttp(JsonNode template) {
        Set<String> never = new HashSet<>();
        template.path("outputs").path("parameters").forEach(output -> never.add(Json.text(output, "name")));
        return new NodeOutputs(Map.of(), never, Optional.empty());
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
        return new NodeOutputs(artifacts, Set.of(), PrintedText.notJson(template));
    }
}
