package io.jenkins.plugins.argopreflight.offline.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.PullSecret;
import io.jenkins.plugins.argopreflight.engine.kube.CompressedNodes;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestException;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestReader;
import io.jenkins.plugins.argopreflight.engine.secret.Markers;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ControllerFlags;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes out of an object what can be secret and what no check reads; keys stay, with "" as their value. */
final class Redactor {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    /** Annotations under other names are no one's business here, and some hold whole copies of the object. */
    private static final Pattern KEPT_ANNOTATION =
            Pattern.compile("(.*\\.)?(kubernetes\\.io|k8s\\.io|argoproj\\.io|openshift\\.io)/.*");

    private static final String CONFIG_MAP_TYPE = "workflows.argoproj.io/configmap-type";
    /** Values of these are settings, or parameters that Argo shows in every workflow. */
    private static final Set<String> READ_CONFIG_MAPS = Set.of("ExecutorPlugin", "Parameter");

    private static final Pattern SECRET_NAME =
            Pattern.compile(".*(passw|secret|token|key|credential|auth).*", Pattern.CASE_INSENSITIVE);

    /** Not the secret itself, but where it is or what it is: such values stand in many texts. */
    private static final Pattern PLACE_NAME =
            Pattern.compile(".*(name|file|path|dir|url|uri|ref|mode|type)", Pattern.CASE_INSENSITIVE);

    /** Without quotes: an expression can hold a literal. */
    private static final Pattern TAG = Pattern.compile("\\{\\{[^{}\"'`]*+}}");

    /** User and password of a URL, or of a data source of Go. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)\\S*@|^\\S*@(?=(tcp|unix)\\()");

    private static final String TEMPLATE = "ARGO_TEMPLATE";
    private static final String SIDECAR = "sidecar.container";

    private final MaskedConfig mask;
    private final Set<String> settings;
    private final Set<String> secrets = new TreeSet<>();

    /** @param settings names of ConfigMaps whose values are needed */
    Redactor(Markers markers, Set<String> settings) {
        this.mask = new MaskedConfig(markers);
        this.settings = Set.copyOf(settings);
    }

    /** Values that were taken out of variables and parameters with a secret's name; others can repeat them. */
    Set<String> secrets() {
        return secrets;
    }

    /** A copy that can be shown to others. */
    ObjectNode redact(ObjectNode object) {
        ObjectNode kept = object.deepCopy();
        metadata(Objects.metadata(kept));
        switch (Objects.text(kept, "kind")) {
            case "Secret" -> secret(kept);
            case "ConfigMap" -> configMap(kept);
            case "Deployment" -> deployment(kept);
            case "Workflow" -> workflow(kept);
            case "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration" -> webhooks(kept);
            default -> environment(kept);
        }
        return kept;
    }

    private static void metadata(ObjectNode metadata) {
        metadata.remove("managedFields");
        if (metadata.get("annotations") instanceof ObjectNode annotations) {
            annotations.remove(LAST_APPLIED);
            annotations.retain(Objects.strings(annotations).keySet().stream()
                    .filter(name -> KEPT_ANNOTATION.matcher(name).matches())
                    .toList());
        }
    }

    private void secret(ObjectNode secret) {
        secret.remove("stringData");
        String type = Objects.text(secret, "type");
        Optional<String> pullKey = PullSecret.key(type);
        if (secret.get("data") instanceof ObjectNode data) {
            data.properties()
                    .forEach(entry -> entry.setValue(TextNode.valueOf(
                            pullKey.filter(entry.getKey()::equals).isPresent()
                                    ? mask.mask(type, entry.getValue().asText(""))
                                    : "")));
        }
    }

    private void configMap(ObjectNode map) {
        String type = Objects.labels(map).getOrDefault(CONFIG_MAP_TYPE, "");
        if (settings.contains(Objects.name(map)) || READ_CONFIG_MAPS.contains(type)) {
            sidecar(map.path("data"));
            return;
        }
        for (String field : List.of("data", "binaryData")) {
            if (map.get(field) instanceof ObjectNode data) {
                data.properties().forEach(entry -> entry.setValue(TextNode.valueOf("")));
            }
        }
    }

    /** The container of an executor plugin; what cannot be parsed is left out. */
    private void sidecar(JsonNode data) {
        String written = Objects.text(data, SIDECAR);
        if (written.isEmpty()) {
            return;
        }
        String kept = "";
        try {
            if (new ManifestReader().value(SIDECAR, written) instanceof ObjectNode container) {
                environment(container);
                kept = container.toString();
            }
        } catch (ManifestException e) {
            // Then it is no container.
        }
        ((ObjectNode) data).put(SIDECAR, kept);
    }

    /** Whom it asks, and with which certificate, is no one's business here; what it asks about is. */
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
                    String value = Objects.text(each, "value");
                    ((ObjectNode) each).put("value", USER_INFO.matcher(value).replaceAll("****@"));
                }
            });
        }
    }

    /** Argo shows parameters to everyone who can read the workflow; in a snapshot those with a secret's name are left out. */
    private void workflow(ObjectNode workflow) {
        if (workflow.path("status") instanceof ObjectNode status && status.has("compressedNodes")) {
            Optional<JsonNode> nodes = nodes(Objects.text(status, "compressedNodes"));
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

    /** What is secret in them can be left out only when they are decompressed. */
    private static Optional<JsonNode> nodes(String compressed) {
        try (InputStream in = CompressedNodes.open(compressed)) {
            return Optional.of(JSON.readTree(in));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Literal values of environment variables; an expression of Argo is needed, and is none. */
    private void environment(ObjectNode object) {
        for (JsonNode env : object.findValues("env")) {
            if (env.isArray()) {
                env.forEach(this::clear);
            }
        }
    }

    private static boolean isSecret(JsonNode variable) {
        return SECRET_NAME.matcher(Objects.text(variable, "name")).matches();
    }

    /** Of the value and the default only the tags of Argo stay. */
    private void clear(JsonNode variable) {
        if (!(variable instanceof ObjectNode entry)) {
            return;
        }
        String name = Objects.text(entry, "name");
        for (String field : List.of("value", "default")) {
            if (entry.path(field).isValueNode()) {
                String value = entry.path(field).asText("");
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
