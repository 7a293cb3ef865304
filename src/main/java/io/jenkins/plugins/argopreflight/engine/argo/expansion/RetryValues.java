package io.jenkins.plugins.argopreflight.engine.argo.expansion;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Condition;
import io.jenkins.plugins.argopreflight.engine.argo.model.GoDuration;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;

/**
 * A check of the numbers and durations of a retryStrategy, which Argo reads after a failed attempt. Source:
 * argo-workflows workflow/controller/operator.go (processNodeRetries).
 */
final class RetryValues {

    private final Simulation run;
    private final TemplateCall holder;

    /**
     * Creates a check for one strategy.
     *
     * @param holder the template or spec with the strategy
     */
    RetryValues(Simulation run, TemplateCall holder) {
        this.run = run;
        this.holder = holder;
    }

    void check(JsonNode strategy) {
        checkNumber(strategy.path("limit"), "limit");
        JsonNode backoff = strategy.path("backoff");
        if (!backoff.isObject()) {
            return;
        }
        checkNumber(backoff.path("factor"), "backoff.factor");
        if (Json.text(backoff, "duration").isEmpty()) {
            refuse("backoff", "", "no base duration specified for retryStrategy");
        }
        for (String field : List.of("duration", "maxDuration", "cap")) {
            String duration = Json.text(backoff, field);
            boolean isValid = duration.isEmpty()
                    || duration.contains("{{")
                    || duration.matches("[+-]?\\d+")
                    || GoDuration.parse(duration).isPresent();
            if (!isValid) {
                refuse(
                        "backoff." + field,
                        duration,
                        "unable to parse " + duration + " as a duration: time: invalid duration \"" + duration + "\"");
            }
        }
    }

    private void checkNumber(JsonNode number, String field) {
        String value = Json.text(number);
        if (!value.isEmpty() && !value.contains("{{") && !value.matches("[+-]?\\d{1,10}")) {
            refuse(field, value, "retryStrategy." + field + ": value '" + value + "' cannot be resolved to an int");
        }
    }

    private void refuse(String field, String value, String message) {
        run.problem(Problem.Kind.REFUSED, onFailure(holder, field, value), message);
    }

    /** Returns the location of a field that Argo reads only after a failed attempt. */
    static TemplateCall onFailure(TemplateCall strategy, String field, String value) {
        Condition failure =
                new Condition(Condition.Kind.RETRY, "retryStrategy." + field + (value.isEmpty() ? "" : ": " + value));
        return strategy.withLocation(strategy.document(), strategy.path() + "." + field)
                .withCertainty(strategy.certainty().when(failure));
    }
}
