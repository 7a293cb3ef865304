package io.jenkins.plugins.argopreflight.offline.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.PullSecret;
import io.jenkins.plugins.argopreflight.engine.kube.CompressedNodes;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.secret.Markers;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ControllerFlags;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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

    private final MaskedConfig mask;
    private final Set<String> settings;

    /** @param settings names of ConfigMaps whose values are needed */
    Redactor(Markers markers, Set<String> settings) {
        this.mask = new MaskedConfig(markers);
        this.settings = Set.copyOf(settings);
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
                                    ? mask.mask(type, entry.getValue().asText())
                                    : "")));
        }
    }

    private void configMap(ObjectNode map) {
        String type = Objects.labels(map).getOrDefault(CONFIG_MAP_TYPE, "");
        if (settings.contains(Objects.name(map)) || READ_CONFIG_MAPS.contains(type)) {
            return;
        }
        for (String field : List.of("data", "binaryData")) {
            if (map.get(field) instanceof ObjectNode data) {
                data.properties().forEach(entry -> entry.setValue(TextNode.valueOf("")));
            }
        }
    }

    /** Whom it asks, and with which certificate, is no one's business here; what it asks about is. */
    private static void webhooks(ObjectNode configuration) {
        configuration.path("webhooks").forEach(webhook -> {
            if (webhook instanceof ObjectNode each) {
                each.remove("clientConfig");
            }
        });
    }

    private static void deployment(ObjectNode deployment) {
        if (ControllerFlags.of(deployment).isEmpty()) {
            environment(deployment);
            return;
        }
        for (JsonNode env : deployment.findValues("env")) {
            env.forEach(each -> {
                if (SECRET_NAME.matcher(Objects.text(each, "name")).matches()) {
                    clear(each);
                }
            });
        }
    }

    /** Argo shows parameters to everyone who can read the workflow; in a snapshot those with a secret's name are left out. */
    private static void workflow(ObjectNode workflow) {
        if (workflow.path("status") instanceof ObjectNode status && status.has("compressedNodes")) {
            Optional<JsonNode> nodes = nodes(Objects.text(status, "compressedNodes"));
            status.put("compressedNodes", nodes.isPresent() ? "" : "left out of the snapshot");
            nodes.ifPresent(each -> status.set("nodes", each));
        }
        environment(workflow);
        for (JsonNode parameters : workflow.findValues("parameters")) {
            parameters.forEach(each -> {
                if (SECRET_NAME.matcher(Objects.text(each, "name")).matches()) {
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
    private static void environment(ObjectNode object) {
        for (JsonNode env : object.findValues("env")) {
            if (env.isArray()) {
                env.forEach(Redactor::clear);
            }
        }
    }

    private static void clear(JsonNode variable) {
        JsonNode value = variable.path("value");
        if (variable instanceof ObjectNode entry
                && value.isValueNode()
                && !value.asText().toLowerCase(Locale.ROOT).contains("{{")) {
            entry.put("value", "");
        }
    }
}
