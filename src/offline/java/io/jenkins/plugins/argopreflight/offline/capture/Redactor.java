package io.jenkins.plugins.argopreflight.offline.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.argo.CompressedNodes;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.PullSecret;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.secret.Markers;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The removal of values from objects that can be secret and that checks do not read. Keys stay, with "" as their value.
 */
final class Redactor {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    /** The annotations that are kept. Others are not needed, and some contain copies of the whole object. */
    private static final Pattern KEPT_ANNOTATION =
            Pattern.compile("(.*\\.)?(kubernetes\\.io|k8s\\.io|argoproj\\.io|openshift\\.io)/.*");

    private static final String CONFIG_MAP_TYPE = "workflows.argoproj.io/configmap-type";
    /** The types of ConfigMaps whose values are kept: settings, and parameters that Argo shows in every workflow. */
    private static final Set<String> READ_CONFIG_MAPS = Set.of("ExecutorPlugin", "Parameter");

    private static final Pattern SECRET_NAME =
            Pattern.compile(".*(passw|secret|token|key|credential|auth).*", Pattern.CASE_INSENSITIVE);

    /** The names of values that only refer to a secret or describe it. Such values occur in many texts. */
    private static final Pattern PLACE_NAME =
            Pattern.compile(".*(name|file|path|dir|url|uri|ref|mode|type)", Pattern.CASE_INSENSITIVE);

    /** A tag of Argo without quotes, since an expression in quotes can contain a literal. */
    private static final Pattern TAG = Pattern.compile("\\{\\{[^{}\"'`]*+}}");

    /** The user and password of a URL, or of a data source in Go's format. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)\\S*@|^\\S*@(?=(tcp|unix)\\()");

    private static final String TEMPLATE = "ARGO_TEMPLATE";
    private static final String SIDECAR = "sidecar.container";

    private final MaskedConfig mask;
    private final Set<String> settings;
    private final Set<String> secrets = new TreeSet<>();

    /**
     * Creates a redactor.
     *
     * @param settings names of ConfigMaps whose values are needed
     */
    Redactor(Markers markers, Set<String> settings) {
        this.mask = new MaskedConfig(markers);
        this.settings = Set.copyOf(settings);
    }

    /**
     * Returns the values that were removed from variables and parameters with a secret's name. Other texts can repeat
     * them.
     */
    Set<String> secrets() {
        return secrets;
    }

    /** Returns a copy of an object without secret values. */
    ObjectNode redact(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        metadata(KubeObjects.metadata(copy));
        switch (Json.text(copy, "kind")) {
            case "Secret" -> secret(copy);
            case "ConfigMap" -> configMap(copy);
            case "Deployment" -> deployment(copy);
            case "Workflow" -> workflow(copy);
            case "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration" -> webhooks(copy);
            default -> environment(copy);
        }
        return copy;
    }

    private static void metadata(ObjectNode metadata) {
        metadata.remove("managedFields");
        if (metadata.get("annotations") instanceof ObjectNode annotations) {
            annotations.remove(LAST_APPLIED);
            annotations.retain(Json.strings(annotations).keySet().stream()
                    .filter(name -> KEPT_ANNOTATION.matcher(name).matches())
                    .toList());
        }
    }

    private void secret(ObjectNode secret) {
        secret.remove("stringData");
        String type = Json.text(secret, "type");
        Optional<String> pullKey = PullSecret.key(type);
        if (secret.get("data") instanceof ObjectNode data) {
            data.properties()
                    .forEach(entry -> entry.setValue(TextNode.valueOf(
                            pullKey.filter(entry.getKey()::equals).isPresent()
                                    ? mask.mask(type, Json.text(entry.getValue()))
                                    : "")));
        }
    }

    private void configMap(ObjectNode map) {
        String type = KubeObjects.labels(map).getOrDefault(CONFIG_MAP_TYPE, "");
        if (settings.contains(KubeObjects.name(map)) || READ_CONFIG_MAPS.contains(type)) {
            sidecar(map.path("data"));
            return;
        }
        for (String field : List.of("data", "binaryData")) {
            if (map.get(field) instanceof ObjectNode data) {
                data.properties().forEach(entry -> entry.setValue(TextNode.valueOf("")));
            }
        }
    }

    /** Redacts the container of an executor plugin. Text that cannot be parsed is removed. */
    private void sidecar(JsonNode data) {
        String yaml = Json.text(data, SIDECAR);
        if (yaml.isEmpty()) {
            return;
        }
        String redacted = "";
        try {
            if (new ManifestReader().value(SIDECAR, yaml) instanceof ObjectNode container) {
                environment(container);
                redacted = container.toString();
            }
        } catch (ManifestException e) {
            // The text is not a container.
        }
        ((ObjectNode) data).put(SIDECAR, redacted);
    }

    /** Removes the address and certificates of webhooks, which are not needed. Their rules stay. */
    private static void webhooks(ObjectNode configuration) {
        configuration.path("webhooks").forEach(webhook -> {
            if (webhook instanceof ObjectNode each) {
                each.remove("clientConfig");
            }
        });
    }

    private void deployment(ObjectNode deployment) {
        if (ControllerFlags.of(deployment).isEmpty()) {
            environment(deployment);
            return;
        }
        for (JsonNode env : deployment.findValues("env")) {
            env.forEach(each -> {
                if (isSecret(each)) {
                    clear(each);
                } else if (each.path("value").isTextual()) {
                    String value = Json.text(each, "value");
                    ((ObjectNode) each).put("value", USER_INFO.matcher(value).replaceAll("****@"));
                }
            });
        }
    }

    /**
     * Redacts a workflow. Parameters with a secret's name are removed, although Argo shows them to all users who can
     * read the workflow.
     */
    private void workflow(ObjectNode workflow) {
        if (workflow.path("status") instanceof ObjectNode status && status.has("compressedNodes")) {
            Optional<JsonNode> nodes = nodes(Json.text(status, "compressedNodes"));
            status.put("compressedNodes", nodes.isPresent() ? "" : "left out of the snapshot");
            nodes.ifPresent(each -> status.set("nodes", each));
        }
        environment(workflow);
        for (JsonNode parameters : workflow.findValues("parameters")) {
            parameters.forEach(each -> {
                if (isSecret(each)) {
                    clear(each);
                }
            });
        }
    }

    /** Decompresses the nodes, since their secret values can be removed only then. */
    private static Optional<JsonNode> nodes(String compressed) {
        try (InputStream in = CompressedNodes.open(compressed)) {
            return Optional.of(JSON.readTree(in));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Removes literal values of environment variables. Expressions of Argo stay, since they are needed and are not
     * secret.
     */
    private void environment(ObjectNode object) {
        for (JsonNode env : object.findValues("env")) {
            if (env.isArray()) {
                env.forEach(this::clear);
            }
        }
    }

    private static boolean isSecret(JsonNode variable) {
        return SECRET_NAME.matcher(Json.text(variable, "name")).matches();
    }

    /** Removes the value and the default, except tags of Argo. */
    private void clear(JsonNode variable) {
        if (!(variable instanceof ObjectNode entry)) {
            return;
        }
        String name = Json.text(entry, "name");
        for (String field : List.of("value", "default")) {
            if (entry.path(field).isValueNode()) {
                String value = Json.text(entry, field);
                String tags =
                        TAG.matcher(value).results().map(MatchResult::group).collect(Collectors.joining());
                if (tags.isEmpty()
                        && isSecret(entry)
                        && !PLACE_NAME.matcher(name).matches()) {
                    secrets.add(value);
                }
                entry.put(field, name.equals(TEMPLATE) ? "" : tags);
            }
        }
    }
}
