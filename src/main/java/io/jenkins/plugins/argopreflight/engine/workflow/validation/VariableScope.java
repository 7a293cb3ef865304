package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The names of variables that resolve at one place of a workflow. Source: argo-workflows workflow/validate/validate.go
 * (addOutputsToScope, addItemsToScope, resolveAllVariables).
 */
final class VariableScope {

    /** Argo resolves them when the workflow runs, whatever their end. */
    private static final List<String> AT_RUN_TIME = List.of(
            "outputs.",
            "workflow.creationTimestamp",
            "workflow.scheduledTime",
            "workflow.duration",
            "tasks.name",
            "steps.name",
            "node.name");

    /** All of them as JSON; {@code null} where the template has none. */
    static final String INPUTS = "inputs.parameters";

    private final @Nullable VariableScope outer;
    private final Set<String> names = new HashSet<>();
    private final Set<String> prefixes = new HashSet<>();
    private final Set<String> daemons = new HashSet<>();

    VariableScope() {
        this(null);
    }

    private VariableScope(@Nullable VariableScope outer) {
        this.outer = outer;
    }

    /** The variables of the whole workflow. */
    static VariableScope globals(WalkState run) {
        VariableScope globals = new VariableScope();
        JsonNode spec = run.spec();
        globals.add("workflow.name", "workflow.namespace", "workflow.mainEntrypoint", "workflow.serviceAccountName");
        globals.add("workflow.uid", "workflow.status");
        for (String field : List.of("annotations", "labels")) {
            globals.add("workflow." + field, "workflow." + field + ".json");
            Consumer<String> each = key -> globals.add("workflow." + field + "." + key);
            run.exec.metadata().path(field).fieldNames().forEachRemaining(each);
            spec.path("workflowMetadata").path(field).fieldNames().forEachRemaining(each);
        }
        spec.path("workflowMetadata")
                .path("labelsFrom")
                .fieldNames()
                .forEachRemaining(key -> globals.add("workflow.labels." + key));
        JsonNode parameters = spec.path("arguments").path("parameters");
        if (!parameters.isEmpty()) {
            globals.add("workflow.parameters", "workflow.parameters.json");
        }
        parameters.forEach(parameter -> globals.add("workflow.parameters." + Json.text(parameter, "name")));
        if (Json.isSet(spec, "priority")) {
            globals.add("workflow.priority");
        }
        if (run.request.workflow().kind().endsWith("WorkflowTemplate")) {
            globals.addAll("workflow.parameters"); // They come with the Workflow that uses the template.
        }
        if (run.request.isLibrary()) {
            globals.addAll("workflow.labels.");
            globals.addAll("workflow.annotations.");
        }
        return globals;
    }

    /** What a template sees of itself. @param outer what the template sees that holds this one */
    static VariableScope of(JsonNode template, @Nullable VariableScope outer) {
        VariableScope scope = new VariableScope(outer);
        JsonNode inputs = template.path("inputs");
        inputs.path("parameters").forEach(input -> scope.add("inputs.parameters." + Json.text(input, "name")));
        for (JsonNode artifact : inputs.path("artifacts")) {
            String name = "inputs.artifacts." + Json.text(artifact, "name");
            scope.add(name, name + ".path");
        }
        if (TemplateType.of(template).isPod()) {
            scope.add("pod.name");
        }
        if (Json.isSet(template, "retryStrategy")) {
            scope.add("retries");
            scope.addAll("lastRetry.");
        }
        return scope;
    }

    /** A scope with everything of this one: copies of large scopes would take the square of their number. */
    VariableScope inner() {
        return new VariableScope(this);
    }

    void add(String... more) {
        names.addAll(List.of(more));
    }

    /** Everything that begins like this resolves, or could not be checked. */
    void addAll(String prefix) {
        prefixes.add(prefix);
    }

    boolean has(String name) {
        return name.equals(INPUTS)
                || names.contains(name)
                || AT_RUN_TIME.stream().anyMatch(name::startsWith)
                || prefixes.stream().anyMatch(name::startsWith)
                || outer != null && outer.has(name);
    }

    /** Whether it would be an output of a pod that runs on. */
    boolean isOfDaemon(String name) {
        return daemons.stream().anyMatch(name::startsWith) || outer != null && outer.isOfDaemon(name);
    }

    Set<String> names() {
        Set<String> all = outer == null ? new HashSet<>() : outer.names();
        Budget.current().charge(Limit.WORK, names.size());
        all.addAll(names);
        return all;
    }

    /** What withItems, withParam and withSequence give. */
    void addItems(JsonNode step) {
        JsonNode items = step.path("withItems");
        if (Json.has(step, "withParam") || items.isTextual()) {
            add("item");
            addAll("item.");
        } else if (Json.isSet(step, "withSequence")) {
            add("item");
        }
        for (JsonNode item : items) {
            if (item.isObject()) {
                item.fieldNames().forEachRemaining(key -> add("item." + key));
            } else if (item.isArray()) {
                for (int i = 0; i < item.size(); i++) {
                    add("item.[" + i + "]");
                }
            } else {
                add("item");
            }
        }
    }

    /**
     * What a step or task leaves behind.
     *
     * @param template null when it could not be determined: then nothing is known to be absent
     * @param globals where outputs with a global name go
     */
    void addOutputs(@Nullable JsonNode template, String prefix, boolean aggregate, VariableScope globals) {
        add(prefix + ".id", prefix + ".startedAt", prefix + ".finishedAt", prefix + ".hostNodeName");
        if (template == null) {
            addAll(prefix + ".");
            globals.addAll("workflow.outputs.");
            return;
        }
        if (template.path("daemon").asBoolean()) {
            // The executor sends outputs when the pod has ended, and a daemon has not.
            add(prefix + ".ip");
            daemons.add(prefix + ".outputs.");
            return;
        }
        TemplateType type = TemplateType.of(template);
        boolean script = type == TemplateType.SCRIPT || type == TemplateType.CONTAINER_SET;
        if (hasResult(template, type) || aggregate && script) {
            add(prefix + ".outputs.result", prefix + ".exitCode");
        }
        if (aggregate) {
            add(prefix + ".outputs.parameters");
        }
        for (String kind : List.of("parameters", "artifacts")) {
            for (JsonNode output : template.path("outputs").path(kind)) {
                add(prefix + ".outputs." + kind + "." + Json.text(output, "name"));
                String global = Json.text(output, "globalName");
                if (global.contains("{{")) {
                    globals.addAll("workflow.outputs." + kind + ".");
                } else if (!global.isEmpty()) {
                    globals.add("workflow.outputs." + kind + "." + global);
                }
            }
        }
    }

    /** Source: pkg/apis/workflow/v1alpha1/workflow_types.go (HasOutput). */
    private static boolean hasResult(JsonNode template, TemplateType type) {
        return switch (type) {
            case CONTAINER, SCRIPT, DATA, HTTP, PLUGIN -> true;
            case CONTAINER_SET ->
                Json.find(template.path("containerSet").path("containers"), "main")
                        .isPresent();
            default -> false;
        };
    }

    /** The inputs of a template that a step or task holds itself. */
    void addInline(JsonNode step) {
        step.path("inline")
                .path("inputs")
                .path("parameters")
                .forEach(input -> add("inputs.parameters." + Json.text(input, "name")));
    }
}
