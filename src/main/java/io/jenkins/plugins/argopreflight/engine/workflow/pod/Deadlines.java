package io.jenkins.plugins.argopreflight.engine.workflow.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.workflow.model.GoDuration;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;
import java.time.Duration;
import java.util.Optional;

/** How long a pod can run: the workflow's deadline at most, then the template's timeout; source: workflowpod.go. */
final class Deadlines {

    /** Of what is left, whole seconds count, and some time has passed since the node began. */
    private static final Duration TOO_SHORT = Duration.ofSeconds(2);

    private Deadlines() {}

    static void set(
            WalkState run, JsonNode template, TemplateHolder.Found written, TemplateCall call, ObjectNode spec) {
        Optional<Long> own = seconds(template.path("activeDeadlineSeconds"));
        Optional<Long> workflow =
                call.onExit() ? Optional.empty() : seconds(run.spec().path("activeDeadlineSeconds"));
        Optional<Long> deadline = own;
        if (workflow.isPresent() && (own.isEmpty() || workflow.get() < own.get())) {
            deadline = workflow;
        }
        if (debugged(template)) {
            deadline = Optional.empty();
        }
        Optional<Long> atMost = deadline;
        String timeout = Json.text(template, "timeout");
        Optional<Duration> left = GoDuration.parse(timeout);
        if (left.isPresent() && left.get().compareTo(TOO_SHORT) <= 0) {
            run.problem(
                    Problem.Kind.REFUSED,
                    call.at(written.document(), written.path() + ".timeout"),
                    "template " + Json.text(template, "name") + " exceeded its deadline: no pod is created with one"
                            + " second or less left, so timeout " + timeout + " must be 3s or more");
        }
        left.map(Duration::toSeconds).or(() -> atMost).ifPresent(seconds -> spec.put("activeDeadlineSeconds", seconds));
    }

    /** Marked for debugging: no deadline. */
    private static boolean debugged(JsonNode template) {
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
                    ? Optional.of(Long.parseLong(value.asText("")))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
