package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.GoDuration;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.time.Duration;
import java.util.Optional;

/**
 * The deadline of a pod: the template's timeout if it has one, else the template's own deadline, at most that of the
 * workflow; source: workflowpod.go.
 */
final class Deadlines {

    /**
     * The longest timeout with which no pod is created. Argo creates none with one second or less left, counts whole
     * seconds, and some time has passed since the node's start.
     */
    private static final Duration TOO_SHORT = Duration.ofSeconds(2);

    private Deadlines() {}

    /** Sets the deadline in the pod's spec, and reports a timeout with which no pod is created. */
    static void set(Simulation run, JsonNode template, TemplateHolder.Found found, TemplateCall call, ObjectNode spec) {
        Optional<Long> ownSeconds = seconds(template.path("activeDeadlineSeconds"));
        Optional<Long> workflowSeconds =
                call.onExit() ? Optional.empty() : seconds(run.spec().path("activeDeadlineSeconds"));
        Optional<Long> deadline = ownSeconds;
        if (workflowSeconds.isPresent() && (ownSeconds.isEmpty() || workflowSeconds.get() < ownSeconds.get())) {
            deadline = workflowSeconds;
        }
        if (isDebugged(template)) {
            deadline = Optional.empty();
        }
        Optional<Long> maxSeconds = deadline;
        String timeout = Json.text(template, "timeout");
        Optional<Duration> remaining = GoDuration.parse(timeout);
        if (remaining.isPresent() && remaining.get().compareTo(TOO_SHORT) <= 0) {
            run.problem(
                    Problem.Kind.REFUSED,
                    call.withLocation(found.document(), found.path() + ".timeout"),
                    Problem.Thing.TEMPLATE.message(
                            Json.text(template, "name") + " exceeded its deadline: no pod is created with one"
                                    + " second or less left, so timeout " + timeout + " must be 3s or more"));
        }
        remaining
                .map(Duration::toSeconds)
                .or(() -> maxSeconds)
                .ifPresent(seconds -> spec.put("activeDeadlineSeconds", seconds));
    }

    /** Returns whether a template is marked for debugging, so that its pod has no deadline. */
    private static boolean isDebugged(JsonNode template) {
        TemplateType type = TemplateType.of(template);
        for (JsonNode each : template.path(type.field()).path("env")) {
            if (Json.text(each, "name").startsWith("ARGO_DEBUG_PAUSE_")) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Long> seconds(JsonNode value) {
        try {
            return value.isValueNode() && !value.isNull()
                    ? Optional.of(Long.parseLong(Json.text(value)))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
