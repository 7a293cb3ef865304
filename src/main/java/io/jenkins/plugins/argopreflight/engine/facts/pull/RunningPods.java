package io.jenkins.plugins.argopreflight.engine.facts.pull;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The running pods without pull Secrets for which a node pulled the image. The event Pulled of such a pod proves that
 * the node can pull the image without a Secret. A pod without this event proves nothing, since the image can have been on
 * the node.
 */
public final class RunningPods {

    /** The beginning of the kubelet's message after a pull. Source: kubernetes pkg/kubelet/images/image_manager.go. */
    private static final String PULLED = "Successfully pulled image \"";

    private final ClusterReader reader;
    private final Map<String, List<Document>> events = new HashMap<>();
    private final Map<String, List<Document>> pods = new HashMap<>();

    public RunningPods(ClusterReader reader) {
        this.reader = reader;
    }

    /**
     * Returns a description of a pod without pull Secrets for which a node pulled the image. Empty if there is none, or
     * pods or events could not be read.
     */
    Optional<String> withoutSecrets(String namespace, ImageReference image) {
        return events.computeIfAbsent(namespace, key -> list(Resource.EVENTS, key, "reason=Pulled")).stream()
                .filter(event -> text(event, "message").startsWith(PULLED + image.original() + "\""))
                .flatMap(event ->
                        pods
                                .computeIfAbsent(namespace, key -> list(Resource.PODS, key, "status.phase=Running"))
                                .stream()
                                .filter(pod ->
                                        text(pod, "metadata", "uid").equals(text(event, "involvedObject", "uid")))
                                .filter(RunningPods::hasNoSecrets)
                                .map(pod -> "pod " + pod.name() + " has no pull Secret, and node "
                                        + text(pod, "spec", "nodeName") + " pulled the image for it (event Pulled)"))
                .findFirst();
    }

    private List<Document> list(Resource resource, String namespace, String fields) {
        return reader.list(resource, namespace, "", fields).ifKnown().orElse(List.of());
    }

    private static boolean hasNoSecrets(Document pod) {
        JsonNode secrets = pod.root().path("spec").path("imagePullSecrets");
        return secrets.valueStream().allMatch(each -> Json.text(each, "name").isEmpty());
    }

    private static String text(Document object, String... path) {
        return Json.text((JsonNode) object.root(), path);
    }
}
