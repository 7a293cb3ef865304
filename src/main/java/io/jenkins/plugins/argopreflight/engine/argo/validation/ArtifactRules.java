package io.jenkins.plugins.argopreflight.engine.argo.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoJson;
import io.jenkins.plugins.argopreflight.engine.argo.template.Locations;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Rules for arguments, and for the artifacts of a template; source: argo-workflows workflow/validate/validate.go
 * (validateArguments, validateInputs, validateOutputs, validateArtifactLocation).
 */
final class ArtifactRules {

    private static final String PARAMETER_NAME = "[-a-zA-Z0-9_]+";
    private static final List<String> OUTPUT_SOURCES = List.of("path", "jsonPath", "parameter", "expression");
    private static final List<String> ARGUMENT_SOURCES = List.of("configMapKeyRef", "event", "supplied");

    private static final List<String> HDFS_USERS = List.of("hdfsUser", "krbCCacheSecret", "krbKeytabSecret");

    private final BiConsumer<String, String> refuse;

    /**
     * Creates rules that report problems to a consumer.
     *
     * @param refuse consumes the field's path and the reason
     */
    ArtifactRules(BiConsumer<String, String> refuse) {
        this.refuse = refuse;
    }

    /** Checks the artifacts of a template. */
    void template(String path, String name, JsonNode template) {
        TemplateType type = TemplateType.of(template);
        for (String side : List.of("inputs", "outputs")) {
            JsonNode artifacts = template.path(side).path("artifacts");
            for (int i = 0; i < artifacts.size(); i++) {
                String fieldPath = path + "." + side + ".artifacts[" + i + "]";
                checkArtifact(fieldPath, "templates." + name + "." + side + ".artifacts", artifacts.get(i), type);
                String ownName = Json.text(artifacts.get(i), "name");
                String hdfs = Json.text(artifacts.get(i).path("hdfs"), "path");
                if (side.equals("inputs") && !hdfs.isEmpty() && !hdfs.startsWith("/")) {
                    refuse.accept(
                            fieldPath + ".hdfs.path",
                            "templates." + name + ".inputs.artifacts." + ownName
                                    + ".hdfs.path must be a absolute file path");
                }
                if (side.equals("inputs") && Json.has(artifacts.get(i), "from")) {
                    refuse.accept(
                            fieldPath + ".from",
                            "templates." + name + ".inputs.artifacts." + ownName + ".from not valid in inputs");
                }
            }
        }
    }

    private void checkArtifact(String fieldPath, String label, JsonNode artifact, TemplateType type) {
        String ownName = Json.text(artifact, "name");
        boolean hasPath = Json.has(artifact, "path");
        if (type.isLeaf() && !hasPath) {
            refuse.accept(
                    fieldPath,
                    "error in " + label + "." + ownName + ": Artifact '" + ownName + "' did not specify a path");
        } else if (type.isLeaf() && isOutside(Json.text(artifact, "path"))) {
            refuse.accept(
                    fieldPath + ".path",
                    "error in " + label + "." + ownName + ": Artifact '" + ownName
                            + "' attempted to use a path containing '..'. Directory traversal is not permitted"
                            + "; write it without . and ..");
        } else if (!type.isLeaf() && hasPath && type != TemplateType.NONE) {
            refuse.accept(
                    fieldPath + ".path", label + "." + ownName + ".path only valid in container/script templates");
        }
        if (Json.isSet(artifact, "git") && !Json.has(artifact.path("git"), "repo")) {
            refuse.accept(fieldPath + ".git", label + "." + ownName + ".git.repo is required");
        }
        JsonNode hdfs = artifact.path("hdfs");
        for (String field : hdfs.isObject() ? List.of("addresses", "path") : List.<String>of()) {
            if (!Json.has(hdfs, field)) {
                refuse.accept(fieldPath + ".hdfs", label + "." + ownName + ".hdfs." + field + " is required");
            }
        }
        if (hdfs.isObject() && HDFS_USERS.stream().noneMatch(field -> Json.has(hdfs, field))) {
            refuse.accept(
                    fieldPath + ".hdfs", label + "." + ownName + ".hdfs needs one of " + String.join(", ", HDFS_USERS));
        }
    }

    /**
     * Returns whether Argo refuses the path, since it leads out of its folder. The dots at the end of Argo's pattern
     * are not escaped, so they match any two characters. Source: pkg/apis/workflow/v1alpha1/workflow_types.go
     * (CleanPath).
     */
    private static boolean isOutside(String path) {
        int dots = path.indexOf("/../");
        int end = dots >= 0 ? dots : path.matches("(?s).*/..") ? path.length() - 3 : 0;
        if (end == 0 || path.contains("{{")) {
            return false;
        }
        String folder = path.substring(0, end) + "/";
        String cleaned = Locations.clean(path);
        return !cleaned.startsWith(folder) || cleaned.length() <= folder.length();
    }

    /**
     * Checks the arguments of a workflow, step or task.
     *
     * @param label the name in messages, such as {@code spec}
     */
    void arguments(String fieldPath, String label, JsonNode arguments) {
        for (String kind : List.of("parameters", "artifacts")) {
            checkNames(
                    fieldPath + ".arguments." + kind,
                    label + ".arguments." + kind,
                    arguments.path(kind),
                    !fieldPath.equals(label));
        }
        JsonNode parameters = arguments.path("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            JsonNode from = parameters.get(i).path("valueFrom");
            boolean isWrong = ARGUMENT_SOURCES.stream().noneMatch(field -> Json.isSet(from, field))
                    || OUTPUT_SOURCES.stream().anyMatch(field -> Json.has(from, field));
            if (from.isObject() && isWrong) {
                refuse.accept(
                        fieldPath + ".arguments.parameters[" + i + "].valueFrom",
                        label + ".arguments." + Json.text(parameters.get(i), "name")
                                + ".valueFrom only allows: default, configMapKeyRef and supplied");
            }
            checkEnum(fieldPath, label, i, parameters.get(i));
        }
        JsonNode artifacts = arguments.path("artifacts");
        for (int i = 0; i < artifacts.size(); i++) {
            JsonNode artifact = artifacts.get(i);
            String ownName = label + ".arguments." + Json.text(artifact, "name");
            boolean hasFrom = Json.has(artifact, "from");
            if (!hasFrom && !Locations.hasLocationOrKey(artifact)) {
                refuse.accept(
                        fieldPath + ".arguments.artifacts[" + i + "]",
                        ownName + ".from, artifact location, or key is required");
            } else if (hasFrom && Json.has(artifact, "fromExpression")) {
                refuse.accept(
                        fieldPath + ".arguments.artifacts[" + i + "]",
                        ownName + " shouldn't have both `from` and `fromExpression` in Artifact");
            }
        }
    }

    private void checkEnum(String fieldPath, String label, int index, JsonNode parameter) {
        String value = Json.isSet(parameter, "value") ? ArgoJson.anyString(parameter.get("value")) : "{{}}";
        boolean isListed = value.contains("{{") || parameter.path("enum").isEmpty();
        for (JsonNode each : parameter.path("enum")) {
            isListed |= ArgoJson.anyString(each).equals(value);
        }
        if (!isListed) {
            String ownName = label + ".arguments." + Json.text(parameter, "name");
            refuse.accept(
                    fieldPath + ".arguments.parameters[" + index + "].value",
                    ownName + ".value should be present in " + ownName + ".enum list");
        }
    }

    /**
     * Checks that names are present, valid and unique.
     *
     * @param isSubstituted whether Argo replaces the variables in the names before the check, as in the arguments of
     *     steps and tasks
     */
    private void checkNames(String fieldPath, String label, JsonNode named, boolean isSubstituted) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < named.size(); i++) {
            String each = Json.text(named.get(i), "name");
            String ownName = label + "[" + i + "].name";
            if (each.isEmpty()) {
                refuse.accept(fieldPath + "[" + i + "]", ownName + " is required");
            } else if (!(isSubstituted && TagFinder.isReplaced(each)) && !each.matches(PARAMETER_NAME)) {
                refuse.accept(
                        fieldPath + "[" + i + "].name",
                        ownName + ": '" + each + "' is invalid: Parameter/Artifact name must consist of alpha-numeric"
                                + " characters, '_' or '-' e.g. my_param_1, MY-PARAM-1");
            } else if (!names.add(each)) {
                refuse.accept(fieldPath + "[" + i + "].name", ownName + " '" + each + "' is not unique");
            }
        }
    }
}
