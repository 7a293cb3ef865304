package io.jenkins.plugins.argopreflight.engine.collect.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.UntrustedJson;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The template that a pod runs, as Argo shows its executor: the variable ARGO_TEMPLATE. */
public final class PodTemplate {

    private static final JsonMapper JSON = new JsonMapper(UntrustedJson.factory());
    private static final String RESOURCE = "resource";

    private PodTemplate() {}

    /** Missing when the pod has none, or it is in a ConfigMap because it is too long. */
    public static JsonNode of(ArgoPod pod) {
        return first(texts(pod).stream());
    }

    /** The template if this name stands in its text, which is parsed only then; else missing. */
    public static JsonNode with(String field, ArgoPod pod) {
        // Argo's own comes first; a container of the user's can have a variable of that name.
        return first(texts(pod).stream()
                .filter(text -> text.startsWith("{"))
                .limit(1)
                .filter(text -> text.contains('"' + field + '"')));
    }

    /** What a resource template says; missing in a pod of another template. */
    public static JsonNode resource(ArgoPod pod) {
        return with(RESOURCE, pod).path(RESOURCE);
    }

    private static List<String> texts(ArgoPod pod) {
        List<String> texts = new ArrayList<>();
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : pod.spec().path(list)) {
                for (JsonNode env : container.path("env")) {
                    if (env.path("name").asText("").equals("ARGO_TEMPLATE")) {
                        texts.add(env.path("value").asText(""));
                    }
                }
            }
        }
        return texts;
    }

    private static JsonNode first(Stream<String> texts) {
        return texts.map(PodTemplate::parse)
                .filter(JsonNode::isObject)
                .map(PodTemplate::withInlineManifest)
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    /** An artifact that the workflow writes out itself is the manifest, as if it stood in the template. */
    private static JsonNode withInlineManifest(JsonNode template) {
        if (template.path(RESOURCE).path("manifestFrom").isObject()) {
            String name = Objects.text(template, RESOURCE, "manifestFrom", "artifact", "name");
            template.path("inputs")
                    .path("artifacts")
                    .valueStream()
                    .filter(artifact -> Objects.text(artifact, "name").equals(name))
                    .map(artifact -> Objects.text(artifact, "raw", "data"))
                    .filter(data -> !data.isBlank())
                    .findFirst()
                    .ifPresent(data -> ((ObjectNode) template.path(RESOURCE)).put("manifest", data));
        }
        return template;
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
