package io.jenkins.plugins.argopreflight.engine.argo.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import java.util.Optional;

/**
 * An executor plugin, which runs as a sidecar of the agent. Source: argo-workflows workflow/util/plugins/configmap.go.
 *
 * @param automount whether the plugin gets the token of its own ServiceAccount, {@code NAME-executor-plugin}
 */
public record ExecutorPlugin(String name, String namespace, JsonNode container, boolean automount) {

    private static final String SUFFIX = "-executor-plugin";

    static Optional<ExecutorPlugin> of(Document configMap) {
        JsonNode data = configMap.root().path("data");
        String container = Json.text(data, "sidecar.container");
        if (container.isEmpty()) {
            return Optional.empty();
        }
        String name = configMap.name();
        return Optional.of(new ExecutorPlugin(
                name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name,
                configMap.namespace(),
                FrozenJson.value(new ManifestReader().value(configMap.toString(), container)),
                Json.text(data, "sidecar.automountServiceAccountToken").equals("true")));
    }

    public String serviceAccount() {
        return name + SUFFIX;
    }
}
