package io.jenkins.plugins.argopreflight.testing.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Plays the kubelet and the executor of pods that a real controller made: each ends well at once, and has saved the
 * artifacts that its template names. What comes after it, such as artifact GC, the controller then makes by itself.
 */
final class PlayedExecutor {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> STORES =
            List.of("s3", "gcs", "azure", "oss", "hdfs", "http", "artifactory", "plugin");

    private final ApiClient api;
    private final String namespace;

    PlayedExecutor(ApiClient api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    /** Ends a workload pod that is not ended yet; daemons run on. */
    void end(JsonNode pod) {
        JsonNode template = template(pod);
        boolean workload = pod.path("metadata")
                .path("labels")
                .path("workflows.argoproj.io/component")
                .isMissingNode();
        boolean ended = pod.path("status").path("phase").asText().equals("Succeeded");
        String name = pod.path("metadata").path("name").asText();
        String path = "/api/v1/namespaces/" + namespace + "/pods/" + name;
        // On a slow machine a timeout ends some of them before, and the controller deletes these.
        if (!workload || ended || template.path("daemon").asBoolean() || api.status(path) == 404) {
            return;
        }
        api.create(
                "/apis/argoproj.io/v1alpha1/namespaces/" + namespace + "/workflowtaskresults", result(pod, template));
        ObjectNode status = JSON.createObjectNode();
        ArrayNode containers =
                status.putObject("status").put("phase", "Succeeded").putArray("containerStatuses");
        for (JsonNode container : pod.path("spec").path("containers")) {
            containers
                    .addObject()
                    .put("name", container.path("name").asText())
                    .put("image", "played")
                    .put("imageID", "played")
                    .put("ready", false)
                    .put("restartCount", 0)
                    .putObject("state")
                    .putObject("terminated")
                    .put("exitCode", 0)
                    .put("startedAt", "2026-01-01T00:00:00Z")
                    .put("finishedAt", "2026-01-01T00:00:01Z");
        }
        api.mergePatch(path + "/status", status);
    }

    private static ObjectNode result(JsonNode pod, JsonNode template) {
        ObjectNode result = JSON.createObjectNode();
        result.put("apiVersion", "argoproj.io/v1alpha1").put("kind", "WorkflowTaskResult");
        JsonNode labels = pod.path("metadata").path("labels");
        result.putObject("metadata")
                .put("name", environment(pod, "ARGO_NODE_ID"))
                .putObject("labels")
                .put(
                        "workflows.argoproj.io/workflow",
                        labels.path("workflows.argoproj.io/workflow").asText())
                .put("workflows.argoproj.io/report-outputs-completed", "true");
        result.put("phase", "Succeeded");
        ObjectNode outputs = result.putObject("outputs");
        for (JsonNode artifact : template.path("outputs").path("artifacts")) {
            outputs.withArray("artifacts").add(saved(artifact, template.path("archiveLocation")));
        }
        for (JsonNode parameter : template.path("outputs").path("parameters")) {
            outputs.withArray("parameters")
                    .addObject()
                    .put("name", parameter.path("name").asText())
                    .put("value", "1");
        }
        return result;
    }

    /** Returns the location of a saved artifact: beside the logs, unless the artifact has its own. */
    private static ObjectNode saved(JsonNode artifact, JsonNode location) {
        ObjectNode saved = artifact.deepCopy();
        if (STORES.stream().noneMatch(saved::has)) {
            STORES.stream().filter(location::has).forEach(store -> {
                String key = location.path(store).path("key").asText();
                saved.putObject(store)
                        .put("key", key + "/" + artifact.path("name").asText() + ".tgz");
            });
        }
        return saved;
    }

    private static JsonNode template(JsonNode pod) {
        try {
            String text = environment(pod, "ARGO_TEMPLATE");
            return text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String environment(JsonNode pod, String name) {
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : pod.path("spec").path(list)) {
                for (JsonNode variable : container.path("env")) {
                    if (variable.path("name").asText().equals(name)) {
                        return variable.path("value").asText();
                    }
                }
            }
        }
        return "";
    }
}
