package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.json.UntrustedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The template that a pod runs, as Argo passes it to the executor in the variable ARGO_TEMPLATE. */
public final class PodTemplate {

    private static final JsonMapper JSON = new JsonMapper(UntrustedJson.factory());
    private static final String RESOURCE = "resource";

    private PodTemplate() {}

    /**
     * Returns the template; a missing node if the pod has no template, or the template is too long and therefore in a
     * ConfigMap.
     */
    public static JsonNode of(ArgoPod pod) {
        return parseFirst(texts(pod).stream());
    }

    /**
     * Returns the template if its text contains the name of a field; else a missing node. The text is parsed only then.
     */
    public static JsonNode with(String field, ArgoPod pod) {
        // Argo's variable comes first; a container of the user can have a variable of the same name.
        return parseFirst(texts(pod).stream()
                .filter(text -> text.startsWith("{"))
                .limit(1)
                .filter(text -> text.contains('"' + field + '"')));
    }

    /** Returns the field {@code resource} of the template; a missing node in a pod of another template. */
    public static JsonNode resource(ArgoPod pod) {
        return with(RESOURCE, pod).path(RESOURCE);
    }

    private static List<String> texts(ArgoPod pod) {
        List<String> texts = new ArrayList<>();
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : pod.spec().path(list)) {
                for (JsonNode env : container.path("env")) {
                    if (Json.text(env, "name").equals("ARGO_TEMPLATE")) {
                        texts.add(Json.text(env, "value"));
                    }
                }
            }
        }
        return texts;
    }

    private static JsonNode parseFirst(Stream<String> texts) {
        return texts.map(PodTemplate::parse)
                .filter(JsonNode::isObject)
                .map(PodTemplate::withInlineManifest)
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    /** Copies the manifest of a raw artifact into the template, as if it were written there. */
    private static JsonNode withInlineManifest(JsonNode template) {
        if (template.path(RESOURCE).path("manifestFrom").isObject()) {
            String name = Json.text(template, RESOURCE, "manifestFrom", "artifact", "name");
            template.path("inputs")
                    .path("artifacts")
                    .valueStream()
                    .filter(artifact -> Json.text(artifact, "name").equals(name))
                    .map(artifact -> Json.text(artifact, "raw", "data"))
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
