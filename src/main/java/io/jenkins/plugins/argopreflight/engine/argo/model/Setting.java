package io.jenkins.plugins.argopreflight.engine.argo.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A setting of the workflow-controller, in its ConfigMap or in the values of Argo's Helm chart.
 *
 * @param namespace the namespace of the ConfigMap; empty for a value of the chart
 * @param path the path of the setting in the document, such as {@code data.executor}
 */
public record Setting(Document document, String namespace, String path, String name, JsonNode value) {

    /**
     * Reads the settings of {@code workflow-controller-configmap} in their order. It has a key for each setting, or all
     * settings as YAML under the key {@code config}. Source: argo-workflows config/controller.go (parseConfigMap).
     *
     * @param defaultNamespace the namespace of a ConfigMap that has none
     * @param unreadable returns the value of a setting that is not YAML, or throws
     */
    public static List<Setting> of(
            Document configMap, String defaultNamespace, Function<ManifestException, JsonNode> unreadable) {
        String namespace = configMap.namespace().isEmpty() ? defaultNamespace : configMap.namespace();
        JsonNode data = configMap.root().path("data");
        JsonNode config = data.path("config");
        return config.isTextual()
                ? parse(configMap, "data.config", config, unreadable).properties().stream()
                        .map(field -> of(configMap, namespace, "data.config", field, field.getValue()))
                        .toList()
                : data.properties().stream()
                        .map(field -> of(
                                configMap,
                                namespace,
                                "data",
                                field,
                                parse(
                                        configMap,
                                        FieldPath.field("data", field.getKey()),
                                        field.getValue(),
                                        unreadable)))
                        .toList();
    }

    /** Reads the settings in the values of Argo's Helm chart. Some of their names differ from Argo's. */
    public static List<Setting> ofChart(Document values) {
        return values.root().path("controller").properties().stream()
                .map(field -> of(values, "", "controller", field, field.getValue()))
                .toList();
    }

    private static Setting of(
            Document document, String namespace, String parent, Map.Entry<String, JsonNode> field, JsonNode value) {
        return new Setting(document, namespace, FieldPath.field(parent, field.getKey()), field.getKey(), value);
    }

    /** Returns whether the setting is a value of Argo's Helm chart, which is not a Kubernetes object. */
    public boolean chart() {
        return document.kind().isEmpty();
    }

    private static JsonNode parse(
            Document configMap, String path, JsonNode text, Function<ManifestException, JsonNode> unreadable) {
        try {
            return new ManifestReader().value(configMap.locate(path).toString(), text.asText());
        } catch (ManifestException e) {
            return unreadable.apply(e);
        }
    }
}
