package io.jenkins.plugins.argopreflight.engine.workflow.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestException;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestReader;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A setting of {@code workflow-controller-configmap}, which has a key for each setting, or all settings as YAML under
 * the key {@code config}. Source: argo-workflows config/controller.go (parseConfigMap).
 *
 * @param path the path of the setting in the ConfigMap, such as {@code data.executor}
 */
public record ConfigMapSetting(String path, String name, JsonNode value) {

    /**
     * Reads the settings of a ConfigMap in their order.
     *
     * @param unreadable returns the value of a setting that is not YAML, or throws
     */
    public static List<ConfigMapSetting> of(Document configMap, Function<ManifestException, JsonNode> unreadable) {
        JsonNode data = configMap.root().path("data");
        JsonNode config = data.path("config");
        return config.isTextual()
                ? parse(configMap, "data.config", config, unreadable).properties().stream()
                        .map(field -> of("data.config", field, field.getValue()))
                        .toList()
                : data.properties().stream()
                        .map(field -> of(
                                "data",
                                field,
                                parse(
                                        configMap,
                                        FieldPath.field("data", field.getKey()),
                                        field.getValue(),
                                        unreadable)))
                        .toList();
    }

    private static ConfigMapSetting of(String parent, Map.Entry<String, JsonNode> field, JsonNode value) {
        return new ConfigMapSetting(FieldPath.field(parent, field.getKey()), field.getKey(), value);
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
