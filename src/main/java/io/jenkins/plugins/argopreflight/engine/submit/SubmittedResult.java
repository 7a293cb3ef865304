package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The result of a run, as maps, lists, texts and numbers. */
public final class SubmittedResult {

    private static final JsonMapper JSON = new JsonMapper();

    private SubmittedResult() {}

    /**
     * Creates the result of a workflow.
     *
     * @param url the workflow in Argo's UI; "" if none is configured
     */
    public static Map<String, Object> of(ObjectNode workflow, String url) {
        WorkflowState state = WorkflowState.of(workflow);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("name", state.name());
        result.put("uid", state.uid());
        result.put("namespace", state.namespace());
        result.put("phase", state.phase());
        result.put("message", state.message());
        result.put("outputs", outputs(workflow, state));
        result.put("nodes", new LinkedHashMap<>(NodeChanges.counts(state)));
        result.put("durations", durations(workflow));
        result.put("url", url);
        return result;
    }

    /** Returns the result as a short text. */
    public static String text(Map<String, Object> result) {
        StringBuilder text =
                new StringBuilder(Visible.line("Workflow " + result.get("namespace") + "/" + result.get("name")));
        String phase = String.valueOf(result.get("phase"));
        text.append(phase.isEmpty() ? "" : Visible.line(": " + phase));
        if (!String.valueOf(result.get("message")).isEmpty()) {
            text.append('\n').append(Visible.sentence(String.valueOf(result.get("message"))));
        }
        return text + "\n";
    }

    /** Returns the result as JSON, with a newline at its end. */
    public static String json(Map<String, Object> result) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the global outputs of the workflow, the outputs of its entrypoint, and the artifacts. */
    private static Map<String, Object> outputs(ObjectNode workflow, WorkflowState state) {
        JsonNode status = workflow.path("status");
        Map<String, Object> outputs = new LinkedHashMap<>();
        outputs.put(
                "parameters", parameters(status.path("nodes").path(entry(state)).path("outputs")));
        outputs.put("global", parameters(status.path("outputs")));
        List<Map<String, Object>> artifacts = new ArrayList<>();
        for (OutputArtifact artifact : OutputArtifact.of(workflow)) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("node", artifact.node());
            one.put("name", artifact.name());
            one.put("key", artifact.key());
            artifacts.add(one);
        }
        outputs.put("artifacts", artifacts);
        return outputs;
    }

    private static String entry(WorkflowState state) {
        return state.nodes().values().stream()
                .filter(node -> node.name().equals(state.name()))
                .map(NodeState::id)
                .findFirst()
                .orElse("");
    }

    private static Map<String, Object> parameters(JsonNode outputs) {
        Map<String, Object> values = new LinkedHashMap<>();
        outputs.path("parameters")
                .forEach(parameter -> values.put(Json.text(parameter, "name"), Json.text(parameter, "value")));
        return values;
    }

    /** Returns the seconds from creation to the start, and of the whole run. */
    private static Map<String, Object> durations(ObjectNode workflow) {
        Map<String, Object> durations = new LinkedHashMap<>();
        durations.put("waited", seconds(workflow, "/metadata/creationTimestamp", "/status/startedAt"));
        durations.put("run", seconds(workflow, "/status/startedAt", "/status/finishedAt"));
        return durations;
    }

    private static long seconds(ObjectNode workflow, String from, String to) {
        try {
            return Duration.between(
                            Instant.parse(Json.text(workflow.at(from))), Instant.parse(Json.text(workflow.at(to))))
                    .toSeconds();
        } catch (DateTimeException e) {
            return 0;
        }
    }
}
