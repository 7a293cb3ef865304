package io.jenkins.plugins.argopreflight.engine.argo.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.object.ObjectNames;
import io.jenkins.plugins.argopreflight.engine.model.object.ObjectNames.NameError;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Rules for values of a workflow's spec that Argo refuses, some of them only if its full CRDs are installed; source:
 * argo-workflows workflow/validate/validate.go (ValidateWorkflow), workflow/controller/operator.go (operate,
 * updateWorkflowMetadata).
 */
final class SpecRules {

    private static final Set<String> POD_GC =
            Set.of("", "OnPodCompletion", "OnPodSuccess", "OnWorkflowCompletion", "OnWorkflowSuccess");
    private static final Set<String> ARTIFACT_GC = Set.of("", "OnWorkflowCompletion", "OnWorkflowDeletion", "Never");

    /** Strategies with which no pod starts. Source: workflow/controller/workflowpod.go (createWorkflowPod). */
    private static final Set<String> SHUTDOWN = Set.of("Stop", "Terminate");

    private static final Set<String> OPERATORS = Set.of("In", "NotIn", "Exists", "DoesNotExist");

    private final String path;
    private final JsonNode spec;
    private final BiConsumer<String, String> refuse;
    private final BiConsumer<String, String> refuseBudget;

    /**
     * Creates the rules for one spec.
     *
     * @param refuse consumes the field's path and the reason
     * @param refuseBudget consumes the path of a PodDisruptionBudget and the reason
     */
    SpecRules(String path, JsonNode spec, BiConsumer<String, String> refuse, BiConsumer<String, String> refuseBudget) {
        this.path = path;
        this.spec = spec;
        this.refuse = refuse;
        this.refuseBudget = refuseBudget;
    }

    void check() {
        checkStrategy("podGC", POD_GC);
        checkStrategy("artifactGC", ARTIFACT_GC);
        for (String field : List.of("activeDeadlineSeconds", "parallelism")) {
            JsonNode value = spec.path(field);
            if (value.isNumber() && value.asLong() <= 0) {
                refuse(
                        "." + field,
                        field.equals("parallelism")
                                ? "spec.parallelism must be greater than 0: with " + value + " no pod ever starts"
                                : "spec.activeDeadlineSeconds must be greater than 0: with " + value
                                        + " the workflow exceeds its deadline at once");
            }
        }
        checkSelector(spec.path("podGC").path("labelSelector"));
        String shutdown = Json.text(spec, "shutdown");
        if (SHUTDOWN.contains(shutdown)) {
            refuse(".shutdown", "workflow shutdown with strategy: " + shutdown + ": no pod of a step or task starts");
        }
        JsonNode budget = spec.path("podDisruptionBudget");
        if (Json.isSet(budget, "minAvailable") && Json.isSet(budget, "maxUnavailable")) {
            refuseBudget.accept(
                    path + ".podDisruptionBudget",
                    "podDisruptionBudget: minAvailable and maxUnavailable cannot be both set");
        }
        checkMetadata();
        checkHooks();
        // Messages name the spec by its path.
        new ArtifactRules(refuse).arguments(path, path, spec.path("arguments"));
    }

    private void checkStrategy(String field, Set<String> values) {
        String strategy = Json.text(spec.path(field), "strategy");
        if (!values.contains(strategy) && !strategy.contains("{{")) {
            refuse(
                    "." + field + ".strategy",
                    field + ".strategy unknown strategy '" + strategy + "': "
                            + String.join(
                                    ", ",
                                    values.stream()
                                            .filter(each -> !each.isEmpty())
                                            .sorted()
                                            .toList()));
        }
    }

    private void checkSelector(JsonNode selector) {
        for (Map.Entry<String, JsonNode> label : selector.path("matchLabels").properties()) {
            List<NameError> errors = ObjectNames.qualified(label.getKey());
            String value = Json.text(label.getValue());
            if (errors.isEmpty() && !value.contains("{{")) {
                errors = ObjectNames.labelValue(value);
            }
            if (!errors.isEmpty()) {
                refuse(
                        ".podGC.labelSelector.matchLabels",
                        "podGC.labelSelector invalid: " + label.getKey() + ": Invalid value: \"" + value + "\": "
                                + errors.get(0).text());
            }
        }
        for (JsonNode each : selector.path("matchExpressions")) {
            String operator = Json.text(each, "operator");
            if (!OPERATORS.contains(operator)) {
                refuse(
                        ".podGC.labelSelector.matchExpressions",
                        "podGC.labelSelector invalid: \"" + operator + "\" is not a valid label selector operator");
            }
        }
    }

    /**
     * Checks labels and annotations that the controller writes into the workflow. With an invalid one, the API server
     * refuses the update.
     */
    private void checkMetadata() {
        JsonNode metadata = spec.path("workflowMetadata");
        for (Map.Entry<String, JsonNode> label : metadata.path("labels").properties()) {
            String value = Json.text(label.getValue());
            List<NameError> keyErrors = ObjectNames.qualified(label.getKey());
            List<NameError> errors =
                    keyErrors.isEmpty() && !value.contains("{{") ? ObjectNames.labelValue(value) : keyErrors;
            if (!errors.isEmpty()) {
                refuse(
                        ".workflowMetadata.labels",
                        "workflowMetadata.labels: Invalid value: \"" + (keyErrors.isEmpty() ? value : label.getKey())
                                + "\": " + errors.get(0).text());
            }
        }
        for (Map.Entry<String, JsonNode> annotation :
                metadata.path("annotations").properties()) {
            if (!ObjectNames.qualified(annotation.getKey()).isEmpty()) {
                refuse(
                        ".workflowMetadata.annotations",
                        "workflowMetadata.annotations: Invalid value: \"" + annotation.getKey() + "\": "
                                + ObjectNames.qualified(annotation.getKey())
                                        .get(0)
                                        .text());
            }
        }
    }

    private void checkHooks() {
        for (Map.Entry<String, JsonNode> hook : spec.path("hooks").properties()) {
            if (!hook.getKey().equals("exit") && !Json.has(hook.getValue(), "expression")) {
                refuse(".hooks." + hook.getKey(), "hooks." + hook.getKey() + " Expression required");
            }
        }
    }

    private void refuse(String field, String reason) {
        refuse.accept(path + field, reason);
    }
}
