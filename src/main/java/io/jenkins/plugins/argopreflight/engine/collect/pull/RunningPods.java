package io.jenkins.plugins.argopreflight.engine.collect.pull;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pods that run without pull Secrets, and pulled their image: that one runs proves nothing, that an event says so does. */
public final class RunningPods {

    /** Source: kubernetes pkg/kubelet/images/image_manager.go. */
    private static final String PULLED = "Successfully pulled image \"";

    private final ClusterReader reader;
    private final Map<String, List<Document>> events = new HashMap<>();
    private final Map<String, List<Document>> pods = new HashMap<>();

    public RunningPods(ClusterReader reader) {
        this.reader = reader;
    }

    /** A pod without pull Secrets for which a node pulled the image; nothing where pods and events cannot be read. */
    Optional<String> withoutSecrets(String namespace, ImageReference image) {
        return events.computeIfAbsent(namespace, in -> list(Resource.EVENTS, in, "reason=Pulled")).stream()
                .filter(event -> text(event, "message").startsWith(PULLED + image.original() + "\""))
                .flatMap(event ->
                        pods.computeIfAbsent(namespace, in -> list(Resource.PODS, in, "status.phase=Running")).stream()
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
        return secrets.valueStream().allMatch(each -> each.path("name").asText("").isEmpty());
    }

    private static String text(Document object, String... path) {
        return Objects.text((JsonNode) object.root(), path);
    }
}
