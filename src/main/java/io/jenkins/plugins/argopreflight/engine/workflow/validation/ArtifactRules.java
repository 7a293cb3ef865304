package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Locations;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Arguments, and the artifacts of a template; source: argo-workflows workflow/validate/validate.go (validateArguments,
 * validateInputs, validateOutputs, validateArtifactLocation).
 */
final class ArtifactRules {

    private static final String PARAMETER_NAME = "[-a-zA-Z0-9_]+";
    private static final List<String> OF_OUTPUTS = List.of("path", "jsonPath", "parameter", "expression");
    private static final List<String> SOURCES = List.of("configMapKeyRef", "event", "supplied");

    private static final List<String> HDFS_USERS = List.of("hdfsUser", "krbCCacheSecret", "krbKeytabSecret");

    private final BiConsumer<String, String> refuse;

    /** @param refuse takes the field's path, and why */
    ArtifactRules(BiConsumer<String, String> refuse) {
        this.refuse = refuse;
    }

    /** Of a template. */
    void template(String path, String name, JsonNode template) {
        TemplateType type = TemplateType.of(template);
        for (String side : List.of("inputs", "outputs")) {
            JsonNode artifacts = template.path(side).path("artifacts");
            for (int i = 0; i < artifacts.size(); i++) {
                String at = path + "." + side + ".artifacts[" + i + "]";
                artifact(at, "templates." + name + "." + side + ".artifacts", artifacts.get(i), type);
                String own = Json.text(artifacts.get(i), "name");
                String hdfs = Json.text(artifacts.get(i).path("hdfs"), "path");
                if (side.equals("inputs") && !hdfs.isEmpty() && !hdfs.startsWith("/")) {
                    refuse.accept(
                            at + ".hdfs.path",
                            "templates." + name + ".inputs.artifacts." + own
                                    + ".hdfs.path must be a absolute file path");
                }
                if (side.equals("inputs") && Json.has(artifacts.get(i), "from")) {
                    refuse.accept(
                            at + ".from",
                            "templates." + name + ".inputs.artifacts." + own + ".from not valid in inputs");
                }
            }
        }
    }

    private void artifact(String at, String what, JsonNode artifact, TemplateType type) {
        String own = Json.text(artifact, "name");
        boolean path = Json.has(artifact, "path");
        if (type.isLeaf() && !path) {
            refuse.accept(at, "error in " + what + "." + own + ": Artifact '" + own + "' did not specify a path");
        } else if (type.isLeaf() && isOutside(Json.text(artifact, "path"))) {
            refuse.accept(
                    at + ".path",
                    "error in " + what + "." + own + ": Artifact '" + own
                            + "' attempted to use a path containing '..'. Directory traversal is not permitted"
                            + "; write it without . and ..");
        } else if (!type.isLeaf() && path && type != TemplateType.NONE) {
            refuse.accept(at + ".path", what + "." + own + ".path only valid in container/script templates");
        }
        if (Json.isSet(artifact, "git") && !Json.has(artifact.path("git"), "repo")) {
            refuse.accept(at + ".git", what + "." + own + ".git.repo is required");
        }
        JsonNode hdfs = artifact.path("hdfs");
        for (String field : hdfs.isObject() ? List.of("addresses", "path") : List.<String>of()) {
            if (!Json.has(hdfs, field)) {
                refuse.accept(at + ".hdfs", what + "." + own + ".hdfs." + field + " is required");
            }
        }
        if (hdfs.isObject() && HDFS_USERS.stream().noneMatch(field -> Json.has(hdfs, field))) {
            refuse.accept(at + ".hdfs", what + "." + own + ".hdfs needs one of " + String.join(", ", HDFS_USERS));
        }
    }

    /**
     * Whether Argo takes it for a path that leaves its folder. The dots of its pattern are not escaped: they are any two
     * characters. Source: pkg/apis/workflow/v1alpha1/workflow_types.go (CleanPath).
     */
    private static boolean isOutside(String path) {
        int dots = path.indexOf("/../");
        int end = dots >= 0 ? dots : path.matches("(?s).*/..") ? path.length() - 3 : 0;
        if (end == 0 || path.contains("{{")) {
            return false;
        }
        String safe = path.substring(0, end) + "/";
        String cleaned = Locations.clean(path);
        return !cleaned.startsWith(safe) || cleaned.length() <= safe.length();
    }

    /**
     * Of a workflow, step or task.
     *
     * @param what it is called in messages, such as {@code spec}
     */
    void arguments(String at, String what, JsonNode arguments) {
        for (String kind : List.of("parameters", "artifacts")) {
            names(at + ".arguments." + kind, what + ".arguments." + kind, arguments.path(kind), !at.equals(what));
        }
        JsonNode parameters = arguments.path("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            JsonNode from = parameters.get(i).path("valueFrom");
            boolean wrong = SOURCES.stream().noneMatch(field -> Json.isSet(from, field))
                    || OF_OUTPUTS.stream().anyMatch(field -> Json.has(from, field));
            if (from.isObject() && wrong) {
                refuse.accept(
                        at + ".arguments.parameters[" + i + "].valueFrom",
                        what + ".arguments." + Json.text(parameters.get(i), "name")
                                + ".valueFrom only allows: default, configMapKeyRef and supplied");
            }
            value(at, what, i, parameters.get(i));
        }
        JsonNode artifacts = arguments.path("artifacts");
        for (int i = 0; i < artifacts.size(); i++) {
            JsonNode artifact = artifacts.get(i);
            String own = what + ".arguments." + Json.text(artifact, "name");
            boolean from = Json.has(artifact, "from");
            if (!from && !Locations.hasLocationOrKey(artifact)) {
                refuse.accept(
                        at + ".arguments.artifacts[" + i + "]", own + ".from, artifact location, or key is required");
            } else if (from && Json.has(artifact, "fromExpression")) {
                refuse.accept(
                        at + ".arguments.artifacts[" + i + "]",
                        own + " shouldn't have both `from` and `fromExpression` in Artifact");
            }
        }
    }

    private void value(String at, String what, int index, JsonNode parameter) {
        String value = Json.isSet(parameter, "value") ? Json.anyString(parameter.get("value")) : "{{}}";
        boolean listed = value.contains("{{") || parameter.path("enum").isEmpty();
        for (JsonNode each : parameter.path("enum")) {
            listed |= Json.anyString(each).equals(value);
        }
        if (!listed) {
            String own = what + ".arguments." + Json.text(parameter, "name");
            refuse.accept(
                    at + ".arguments.parameters[" + index + "].value",
                    own + ".value should be present in " + own + ".enum list");
        }
    }

    /** Each has one, and no other has it. @param filled whether Argo has replaced the variables in them by then: it has in those of steps and tasks */
    private void names(String at, String what, JsonNode all, boolean filled) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            String each = Json.text(all.get(i), "name");
            String own = what + "[" + i + "].name";
            if (each.isEmpty()) {
                refuse.accept(at + "[" + i + "]", own + " is required");
            } else if (!(filled && TagWalk.isReplaced(each)) && !each.matches(PARAMETER_NAME)) {
                refuse.accept(
                        at + "[" + i + "].name",
                        own + ": '" + each + "' is invalid: Parameter/Artifact name must consist of alpha-numeric"
                                + " characters, '_' or '-' e.g. my_param_1, MY-PARAM-1");
            } else if (!seen.add(each)) {
                refuse.accept(at + "[" + i + "].name", own + " '" + each + "' is not unique");
            }
        }
    }
}
