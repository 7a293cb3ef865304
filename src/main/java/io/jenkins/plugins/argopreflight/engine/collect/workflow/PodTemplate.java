package io.jenkins.plugins.argopreflight.engine.collect.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The template that a pod runs, as Argo shows its executor: the variable ARGO_TEMPLATE. */
public final class PodTemplate {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String RESOURCE = "resource";

    private PodTemplate() {}

    /** Missing when the pod has none, or it is in a ConfigMap because it is too long. */
    public static JsonNode of(ArgoPod pod) {
        return first(texts(pod));
    }

    /** What a resource template says; missing in a pod of another template, which is not parsed. */
    public static JsonNode resource(ArgoPod pod) {
        return first(texts(pod).filter(text -> text.contains('"' + RESOURCE + '"')))
                .path(RESOURCE);
    }

    private static Stream<String> texts(ArgoPod pod) {
        return Stream.of("initContainers", "containers")
                .flatMap(list -> elements(pod.spec().path(list)))
                .flatMap(container -> elements(container.path("env")))
                .filter(env -> env.path("name").asText().equals("ARGO_TEMPLATE"))
                .map(env -> env.path("value").asText());
    }

    private static JsonNode first(Stream<String> texts) {
        return texts.map(PodTemplate::parse)
                .filter(JsonNode::isObject)
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
