package io.jenkins.plugins.argopreflight.engine.argo.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Spans;
import io.jenkins.plugins.argopreflight.engine.argo.model.GoDuration;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Rules for values of one template that the controller refuses; source: argo-workflows workflow/validate/validate.go
 * (validateTemplate, validateLeaf), workflow/controller/operator.go (checkTemplateTimeout, processNodeRetries).
 */
final class TemplateRules {

    /** Pattern of operators that a label selector does not have. */
    private static final Pattern NO_SELECTOR = Pattern.compile(">=|<=|===|&&|\\|\\|");

    private static final Set<String> RETRY_POLICIES = Set.of("", "Always", "OnFailure", "OnError", "OnTransientError");
    private static final List<String> ACTIONS = List.of("get", "create", "apply", "delete", "replace", "patch");
    /** Pattern of the names of templates, steps and tasks. */
    static final String NAME = "[a-zA-Z0-9][-a-zA-Z0-9]{0,127}";

    /** The message about a name that does not match {@link #NAME}. */
    static final String NAMES =
            "name must consist of alpha-numeric characters or '-', and must start with an alpha-numeric character";

    private static final String PARAMETER_NAME = "[-a-zA-Z0-9_]+";

    private final String path;
    private final String name;
    private final JsonNode template;
    private final TemplateType type;
    private final BiConsumer<String, String> refuse;

    /**
     * Creates the rules for one template.
     *
     * @param refuse consumes the field's path and the reason
     */
    TemplateRules(String path, String name, JsonNode template, BiConsumer<String, String> refuse) {
        this.path = path;
        this.name = name;
        this.template = template;
        this.type = TemplateType.of(template);
        this.refuse = refuse;
    }

    void check() {
        if (!hasVariable(name) && !name.isEmpty() && !name.matches(NAME)) {
            refuse(".name", "spec.templates.name: '" + name + "' is invalid: " + NAMES);
        }
        checkTimeout();
        checkDeadline();
        checkRetries();
        boolean hasSteps = type == TemplateType.STEPS || type == TemplateType.DAG;
        if (Json.isSet(template, "parallelism") && !hasSteps && type != TemplateType.NONE) {
            refuse(".parallelism", "templates." + name + ".parallelism is only valid for steps and dag templates");
        }
        if (type == TemplateType.RESOURCE) {
            checkResource(template.path("resource"));
        }
        checkMounts();
        checkDurations();
        checkInitContainers();
        for (String side : List.of("inputs", "outputs")) {
            for (String kind : List.of("parameters", "artifacts")) {
                checkNames(side + "." + kind, template.path(side).path(kind));
            }
        }
    }

    private void checkNames(String field, JsonNode named) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < named.size(); i++) {
            String each = Json.text(named.get(i), "name");
            String label = "templates." + name + "." + field + "[" + i + "].name";
            String fieldPath = "." + field + "[" + i + "]";
            if (each.isEmpty()) {
                refuse(fieldPath, label + " is required");
            } else if (!each.matches(PARAMETER_NAME) && !TagFinder.isReplaced(each)) {
                refuse(
                        fieldPath + ".name",
                        label + ": '" + each + "' is invalid: Parameter/Artifact name must consist of alpha-numeric"
                                + " characters, '_' or '-' e.g. my_param_1, MY-PARAM-1");
            } else if (!names.add(each)) {
                refuse(fieldPath + ".name", label + " '" + each + "' is not unique");
            }
        }
    }

    private void checkTimeout() {
        String timeout = Json.text(template, "timeout");
        if (timeout.isEmpty() || hasVariable(timeout)) {
            return;
        }
        if (type == TemplateType.STEPS || type == TemplateType.DAG || type == TemplateType.SUSPEND) {
            refuse(".timeout", type.field() + " template " + name + " doesn't support timeout field");
        } else if (timeout.matches("[+-]?\\d+")) {
            refuse(
                    ".timeout",
                    name + " has invalid duration format in timeout: " + timeout + " has no unit; did you mean "
                            + timeout + "s?");
        } else if (GoDuration.parse(timeout).isEmpty()) {
            refuse(
                    ".timeout",
                    "invalid timeout format: time: invalid duration \"" + timeout + "\"; such as 10m or 1h30m");
        }
    }

    private void checkDeadline() {
        JsonNode deadline = template.path("activeDeadlineSeconds");
        String text = Json.text(deadline);
        if (deadline.isMissingNode() || deadline.isNull() || hasVariable(text)) {
            return;
        }
        if (type == TemplateType.STEPS || type == TemplateType.DAG) {
            refuse(
                    ".activeDeadlineSeconds",
                    "templates." + name + ".activeDeadlineSeconds is only valid for leaf templates");
        } else if (!text.matches("\\+?\\d+")) {
            refuse(
                    ".activeDeadlineSeconds",
                    "templates." + name + ".activeDeadlineSeconds must be a positive integer > 0 or an argo variable");
        }
    }

    private void checkRetries() {
        JsonNode strategy = template.path("retryStrategy");
        String policy = Json.text(strategy, "retryPolicy");
        if (!RETRY_POLICIES.contains(policy) && !hasVariable(policy)) {
            refuse(
                    ".retryStrategy.retryPolicy",
                    policy + " is not a valid RetryPolicy: Always, OnFailure, OnError or OnTransientError");
        }
        for (String field : List.of("limit", "backoff.factor")) {
            if (FieldPath.at(strategy, field).isContainerNode()) {
                refuse(".retryStrategy." + field, "retryStrategy." + field + " must be a number or a string");
            }
        }
    }

    /**
     * Checks the resource of a resource template. Source: argo-workflows workflow/executor/resource.go (labels.Parse).
     */
    private void checkResource(JsonNode resource) {
        String action = Json.text(resource, "action");
        if (!ACTIONS.contains(action) && !hasVariable(action)) {
            refuse(
                    ".resource.action",
                    "templates." + name + ".resource.action must be one of: " + String.join(", ", ACTIONS)
                            + (action.isEmpty() ? "; there is none" : ", not " + action));
        }
        for (String field : List.of("successCondition", "failureCondition")) {
            String condition = Json.text(resource, field);
            if (NO_SELECTOR.matcher(condition).find() && !hasVariable(condition)) {
                refuse(
                        ".resource." + field,
                        field.replace("C", " c") + " '" + condition + "' failed to parse: it is a label selector, which"
                                + " has = == != > < in notin and commas only");
            }
        }
        String manifest = Json.text(resource, "manifest");
        if (action.equals("delete") || action.equals("get")) {
            return;
        }
        if (manifest.isEmpty() && !Json.isSet(resource, "manifestFrom")) {
            refuse(
                    ".resource",
                    "either templates." + name + ".resource.manifest or templates." + name
                            + ".resource.manifestFrom must be specified");
        }
        String from = Json.text(resource.path("manifestFrom").path("artifact"), "name");
        if (!from.isEmpty()
                && Json.find(template.path("inputs").path("artifacts"), from).isEmpty()) {
            refuse(
                    ".resource.manifestFrom",
                    "artifact " + from + " in `manifestFrom` refer to a non-exist artifact: it must be one of the"
                            + " template's inputs.artifacts");
        }
        yamlError(manifest)
                .ifPresent(reason -> refuse(
                        ".resource.manifest",
                        "templates." + name + ".resource.manifest must be a valid yaml: " + reason));
    }

    /**
     * Returns the error of the first document of a manifest; empty if there is none. Like Argo, replaces variables by
     * placeholders.
     */
    private static Optional<String> yamlError(String manifest) {
        String first = Spans.replace(manifest, "x1", "{{", "}}").strip().split("(?m)^---\\s*$", 3)[0];
        try {
            new ManifestReader().value("manifest", first);
            return Optional.empty();
        } catch (ManifestException e) {
            return Optional.of(e.getMessage());
        }
    }

    private void checkMounts() {
        Map<String, String> mountsByPath = new HashMap<>();
        JsonNode mounts = template.path("container").path("volumeMounts");
        for (int i = 0; i < mounts.size(); i++) {
            String mountPath = Json.text(mounts.get(i), "mountPath");
            String earlierMount =
                    mountsByPath.put(mountPath, "container.volumeMounts." + Json.text(mounts.get(i), "name"));
            if (earlierMount != null && !hasVariable(mountPath)) {
                refuse(
                        ".container.volumeMounts[" + i + "].mountPath",
                        "templates." + name + ".container.volumeMounts[" + i + "].mountPath '" + mountPath
                                + "' already mounted in " + earlierMount);
            }
        }
        JsonNode artifacts = template.path("inputs").path("artifacts");
        for (int i = 0; template.has("container") && i < artifacts.size(); i++) {
            String mountPath = Json.text(artifacts.get(i), "path");
            String earlierMount =
                    mountsByPath.put(mountPath, "inputs.artifacts." + Json.text(artifacts.get(i), "name"));
            if (earlierMount != null && !mountPath.isEmpty() && !hasVariable(mountPath)) {
                refuse(
                        ".inputs.artifacts[" + i + "].path",
                        "templates." + name + ".inputs.artifacts[" + i + "].path '" + mountPath
                                + "' already mounted in " + earlierMount);
            }
        }
    }

    private void checkInitContainers() {
        JsonNode containers = template.path("initContainers");
        for (int i = 0; i < containers.size(); i++) {
            if (!Json.has(containers.get(i), "name")) {
                refuse(
                        ".initContainers[" + i + "]",
                        "templates." + name + " initContainers must all have container name");
            }
        }
    }

    private void checkDurations() {
        for (String path : List.of("suspend.duration", "memoize.maxAge")) {
            String[] parts = path.split("\\.");
            String duration = Json.text(template.path(parts[0]), parts[1]);
            boolean isSuspend = parts[0].equals("suspend");
            boolean isValid = duration.isEmpty()
                    || hasVariable(duration)
                    || (isSuspend
                            ? GoDuration.isReadable(duration)
                            : GoDuration.parse(duration).isPresent());
            if (!isValid) {
                refuse(
                        "." + path,
                        "templates." + name + "." + path + ": unable to parse " + duration
                                + " as a duration; such as 90s, 10m or 1h30m");
            }
        }
    }

    private void refuse(String field, String reason) {
        refuse.accept(path + field, reason);
    }

    private static boolean hasVariable(String text) {
        return text.contains("{{");
    }
}
