package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Secret as the kubelet reads it for pulls, and the Secret with the type that fits its content if its own type does
 * not.
 *
 * @param secret the Secret as the kubelet sees it
 * @param meant the Secret with the type for which its content was meant; empty if the type is right, or the Secret has
 *     no credentials for pulls
 */
public record ReadSecret(PullSecret secret, Optional<Meant> meant) {

    /**
     * A Secret with the type to which its data key belongs.
     *
     * @param key the data key of the content, such as {@code config.json}
     */
    public record Meant(String key, PullSecret secret) {}

    private static final List<Map.Entry<String, String>> TYPES = List.of(
            Map.entry(".dockerconfigjson", PullSecret.DOCKER_CONFIG_JSON),
            Map.entry("dockerconfigjson", PullSecret.DOCKER_CONFIG_JSON),
            Map.entry("config.json", PullSecret.DOCKER_CONFIG_JSON),
            Map.entry(".dockercfg", PullSecret.DOCKERCFG));

    /** Reads a Secret of the API server or of a file. Values in {@code stringData} take precedence. */
    public static ReadSecret of(ObjectNode object) {
        String name = KubeObjects.name(object);
        String written = Json.text(object, "type");
        String type = written.isEmpty() ? "Opaque" : written;
        Map<String, String> data = new LinkedHashMap<>(Json.strings(object.path("data")));
        Json.strings(object.path("stringData"))
                .forEach((key, value) ->
                        data.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        PullSecret secret = read(name, type, data);
        Optional<Meant> meant = secret.payload().isPresent()
                ? Optional.empty()
                : TYPES.stream()
                        .filter(each -> data.containsKey(each.getKey()))
                        .map(each -> new Meant(
                                each.getKey(),
                                read(
                                        name,
                                        each.getValue(),
                                        Map.of(
                                                PullSecret.key(each.getValue()).orElseThrow(),
                                                data.get(each.getKey())))))
                        .findFirst();
        return new ReadSecret(secret, meant);
    }

    /** Reads a Secret. A value that is not base64, which no API server accepts, is left out. */
    private static PullSecret read(String name, String type, Map<String, String> data) {
        try {
            return PullSecret.of(name, type, data);
        } catch (DockerConfigException e) {
            return new PullSecret(name, type, Optional.empty());
        }
    }

    /** Returns whether the Secret has a type for pulls, or its content was meant for one. */
    public boolean isForPulls() {
        return PullSecret.key(secret.type()).isPresent() || meant.isPresent();
    }

    public String name() {
        return secret.name();
    }
}
