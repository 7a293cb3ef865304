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
 * A Secret as pulls read it and, if its type prevents that, with the type that its content was meant for.
 *
 * @param secret the Secret as the kubelet sees it
 * @param meant the Secret with the type that its content was meant for; empty if the type is right or nothing in the
 *     Secret looks like credentials for pulls
 */
public record ReadSecret(PullSecret secret, Optional<Meant> meant) {

    /**
     * The content of a Secret under the type that its data key belongs to.
     *
     * @param key the data key of the content, such as {@code config.json}
     */
    public record Meant(String key, PullSecret secret) {}

    private static final List<Map.Entry<String, String>> TYPES = List.of(
            Map.entry(".dockerconfigjson", PullSecret.DOCKER_CONFIG_JSON),
            Map.entry("dockerconfigjson", PullSecret.DOCKER_CONFIG_JSON),
            Map.entry("config.json", PullSecret.DOCKER_CONFIG_JSON),
            Map.entry(".dockercfg", PullSecret.DOCKERCFG));

    /**
     * Reads an object of the API server, or one that is about to be applied, whose {@code stringData} takes precedence.
     */
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

    /** Reads a Secret. A value that is not base64, which no API server accepts, counts as absent. */
    private static PullSecret read(String name, String type, Map<String, String> data) {
        try {
            return PullSecret.of(name, type, data);
        } catch (DockerConfigException e) {
            return new PullSecret(name, type, Optional.empty());
        }
    }

    public boolean isForPulls() {
        return PullSecret.key(secret.type()).isPresent() || meant.isPresent();
    }

    public String name() {
        return secret.name();
    }
}
