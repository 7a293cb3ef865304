package io.jenkins.plugins.argopreflight.engine.argo.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The names of variables that resolve in one part of a workflow. Source: argo-workflows workflow/validate/validate.go
 * (addOutputsToScope, addItemsToScope, resolveAllVariables).
 */
final class VariableScope {

    /** Prefixes of variables that always resolve, since Argo gives them a value when the workflow runs. */
    private static final List<String> AT_RUN_TIME = List.of(
            "outputs.",
            "workflow.creationTimestamp",
            "workflow.scheduledTime",
            "workflow.duration",
            "tasks.name",
            "steps.name",
            "node.name");

    /** The variable of all inputs as JSON, which is {@code null} for a template without inputs. */
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

    /** Returns the variables of the whole workflow. */
    static VariableScope globals(Simulation run) {
        VariableScope globals = new VariableScope();
        JsonNode spec = run.spec();
        globals.add("workflow.name", "workflow.namespace", "workflow.mainEntrypoint", "workflow.serviceAccountName");
        globals.add("workflow.uid", "workflow.status");
        for (String field : List.of("annotations", "labels")) {
            globals.add("workflow." + field, "workflow." + field + ".json");
            Consumer<String> addKey = key -> globals.add("workflow." + field + "." + key);
            run.mergedWorkflow.metadata().path(field).fieldNames().forEachRemaining(addKey);
            spec.path("workflowMetadata").path(field).fieldNames().forEachRemaining(addKey);
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
            globals.addPrefix("workflow.parameters"); // The Workflow that uses the template supplies them.
        }
        if (run.request.hasUnknownCaller()) {
            globals.addPrefix("workflow.labels.");
            globals.addPrefix("workflow.annotations.");
        }
        return globals;
    }

    /**
     * Returns the variables of a template.
     *
     * @param outer variables of the template that contains this one inline
     */
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
            scope.addPrefix("lastRetry.");
        }
        return scope;
    }

    /** Returns a scope that contains this one. Copies of large scopes would take quadratic time. */
    VariableScope inner() {
        return new VariableScope(this);
    }

    void add(String... newNames) {
        names.addAll(List.of(newNames));
    }

    /** Adds all variables with a prefix: they resolve, or could not be checked. */
    void addPrefix(String prefix) {
        prefixes.add(prefix);
    }

    boolean has(String name) {
        return name.equals(INPUTS)
                || names.contains(name)
                || AT_RUN_TIME.stream().anyMatch(name::startsWith)
                || prefixes.stream().anyMatch(name::startsWith)
                || outer != null && outer.has(name);
    }

    /** Returns whether the name would be an output of a daemon's pod. */
    boolean isOfDaemon(String name) {
        return daemons.stream().anyMatch(name::startsWith) || outer != null && outer.isOfDaemon(name);
    }

    Set<String> names() {
        Set<String> allNames = outer == null ? new HashSet<>() : outer.names();
        Budget.current().charge(Limit.WORK_UNITS, names.size());
        allNames.addAll(names);
        return allNames;
    }

    /** Adds the variables that withItems, withParam and withSequence supply. */
    void addItems(JsonNode step) {
        JsonNode items = step.path("withItems");
        if (Json.has(step, "withParam") || items.isTextual()) {
            add("item");
            addPrefix("item.");
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
     * Adds the outputs of a step or task.
     *
     * @param template the template of the step or task; null if it could not be determined, so that any output is
     *     accepted
     * @param isAggregate whether the outputs of the step or task are lists
     * @param globals scope for outputs with a global name
     */
    void addOutputs(@Nullable JsonNode template, String prefix, boolean isAggregate, VariableScope globals) {
        add(prefix + ".id", prefix + ".startedAt", prefix + ".finishedAt", prefix + ".hostNodeName");
        if (template == null) {
            addPrefix(prefix + ".");
            globals.addPrefix("workflow.outputs.");
            return;
        }
        if (template.path("daemon").asBoolean()) {
            // The executor reports outputs at the end of the pod, and a daemon has not ended.
            add(prefix + ".ip");
            daemons.add(prefix + ".outputs.");
            return;
        }
        TemplateType type = TemplateType.of(template);
        boolean isScript = type == TemplateType.SCRIPT || type == TemplateType.CONTAINER_SET;
        if (hasResult(template, type) || isAggregate && isScript) {
            add(prefix + ".outputs.result", prefix + ".exitCode");
        }
        if (isAggregate) {
            add(prefix + ".outputs.parameters");
        }
        for (String kind : List.of("parameters", "artifacts")) {
            for (JsonNode output : template.path("outputs").path(kind)) {
                add(prefix + ".outputs." + kind + "." + Json.text(output, "name"));
                String globalName = Json.text(output, "globalName");
                if (globalName.contains("{{")) {
                    globals.addPrefix("workflow.outputs." + kind + ".");
                } else if (!globalName.isEmpty()) {
                    globals.add("workflow.outputs." + kind + "." + globalName);
                }
            }
        }
    }

    /** Returns whether a template has a result. Source: pkg/apis/workflow/v1alpha1/workflow_types.go (HasOutput). */
    private static boolean hasResult(JsonNode template, TemplateType type) {
        return switch (type) {
            case CONTAINER, SCRIPT, DATA, HTTP, PLUGIN -> true;
            case CONTAINER_SET ->
                Json.find(template.path("containerSet").path("containers"), "main")
                        .isPresent();
            default -> false;
        };
    }

    /** Adds the inputs of a template that is inline in a step or task. */
    void addInline(JsonNode step) {
        step.path("inline")
                .path("inputs")
                .path("parameters")
                .forEach(input -> add("inputs.parameters." + Json.text(input, "name")));
    }
}
