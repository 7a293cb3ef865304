package io.jenkins.plugins.argopreflight.engine.argo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.Controller;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.argo.model.ImageCommand;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.util.yaml.CompactJson;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.Stories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pods of whole stories on a real cluster: what was there before, and the pods afterwards. */
@ExtendWith(InRun.class)
class StoryPodsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> LISTS = List.of(
            "argo-namespace",
            "serviceaccounts",
            "configmaps",
            "workflowtemplates",
            "clusterworkflowtemplates",
            "secrets");

    /** Later attempts have the pod of the first but for what counts them. */
    private static final Pattern LATER_ATTEMPT = Pattern.compile(".*\\([1-9][0-9]*\\)");

    @Test
    void shouldMakeThePodsOfEveryStory() throws IOException {
        List<String> failures = new ArrayList<>();
        int pods = 0;
        List<Path> folders = Stories.with("after/pods.yaml");
        for (Path story : folders) {
            pods += compare(story, failures);
        }
        System.out.println("Pods of stories: " + pods + " compared in " + folders.size() + " stories, "
                + failures.size() + " differ");
        assertThat(failures).isEmpty();
        assertThat(pods).isGreaterThan(50);
    }

    private static int compare(Path story, List<String> failures) throws IOException {
        ManifestReader reader = new ManifestReader();
        FixedObjects objects = new FixedObjects();
        for (String list : LISTS) {
            Path file = story.resolve("before/" + list + ".yaml");
            if (Files.exists(file)) {
                objects.add(reader.read(file));
            }
        }
        List<Document> workflow = reader.read(story.resolve("before/workflow.yaml"));
        Document stored = reader.read(story.resolve("after/workflows.yaml")).get(0);
        PodRequest request = new PodRequest(
                workflow.get(workflow.size() - 1),
                stored.namespace(),
                stored.name(),
                objects,
                controller(story),
                Optional.empty(),
                Map.of(),
                Set.of(),
                image -> command(story, image),
                new CompactJson());
        ArgoPods made = ArgoPods.of(request);
        int compared = 0;
        for (Document pod : reader.read(story.resolve("after/pods.yaml"))) {
            if (!pod.root()
                    .path("metadata")
                    .path("labels")
                    .path("workflows.argoproj.io/workflow")
                    .asText()
                    .equals(stored.name())) {
                continue;
            }
            JsonNode annotations = pod.root().path("metadata").path("annotations");
            if (LATER_ATTEMPT
                    .matcher(annotations.path("workflows.argoproj.io/node-name").asText())
                    .matches()) {
                continue;
            }
            compared++;
            List<String> best = null;
            for (ArgoPod ours : made.pods()) {
                List<String> each = PodComparison.differences(ours, flat(pod.root()));
                best = best == null || each.size() < best.size() ? each : best;
            }
            if (best == null || !best.isEmpty()) {
                failures.add(story.getFileName() + " " + pod.name() + ": " + (best == null ? made.problems() : best));
            }
        }
        return compared;
    }

    private static Controller controller(Path story) throws IOException {
        for (Document document : new ManifestReader().read(story.resolve("before/argo-namespace.yaml"))) {
            if (document.name().equals("workflow-controller-configmap")) {
                return Controller.of(
                        document,
                        ControllerFlags.defaults("argo"),
                        ArgoVersion.parse("v4.0.5").orElseThrow(),
                        List.of());
            }
        }
        throw new IOException("no configuration in " + story);
    }

    private static Optional<ImageCommand> command(Path story, String image) {
        try {
            JsonNode registries =
                    JSON.readTree(story.resolve("before/registry.json").toFile());
            for (JsonNode registry : registries.path("registries")) {
                for (JsonNode repository : registry.path("repositories")) {
                    for (JsonNode tag : repository.path("tags")) {
                        String name = registry.path("registry").asText() + "/"
                                + repository.path("repository").asText() + ":"
                                + tag.path("tag").asText();
                        if (name.equals(image)) {
                            JsonNode config = tag.path("config");
                            return Optional.of(
                                    new ImageCommand(texts(config.path("Entrypoint")), texts(config.path("Cmd"))));
                        }
                    }
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    /**
     * Returns the recorded part of a pod: name, labels, annotations, spec, without the changes of the kubelet and of
     * the pod's end.
     */
    private static JsonNode flat(ObjectNode pod) {
        ObjectNode flat = JSON.createObjectNode();
        ObjectNode labels = ((ObjectNode) pod.path("metadata").path("labels")).deepCopy();
        if (labels.has("workflows.argoproj.io/completed")) {
            labels.put("workflows.argoproj.io/completed", "false");
        }
        flat.put("name", pod.path("metadata").path("name").asText());
        flat.set("labels", labels);
        if (pod.path("metadata").get("annotations") instanceof ObjectNode annotations) {
            flat.set("annotations", annotations.deepCopy());
        }
        flat.set("spec", pod.get("spec"));
        return flat;
    }
}
