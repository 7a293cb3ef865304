package io.jenkins.plugins.argopreflight.engine.registry.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The used parts of an image's configuration
 * (<a href="https://github.com/opencontainers/image-spec/blob/main/config.md">image-spec</a>).
 *
 * @param platform such as {@code linux/amd64}; empty if it is not reported
 */
public record ConfigContent(Optional<String> platform, String user, List<String> entrypoint, List<String> cmd) {

    public static ConfigContent of(byte[] body) throws Unreadable {
        JsonNode json = ManifestContent.json("configuration", body);
        JsonNode config = json.path("config");
        return new ConfigContent(
                ManifestContent.platform(json),
                Json.text(config, "User"),
                strings(config, "Entrypoint"),
                strings(config, "Cmd"));
    }

    /** Returns the strings of a list; empty if the list is absent or null. */
    static List<String> strings(JsonNode config, String field) throws Unreadable {
        JsonNode list = config.path(field);
        List<String> strings = new ArrayList<>();
        if (list.isArray()) {
            list.forEach(one -> strings.add(one.isTextual() ? one.asText() : null));
        }
        if (strings.contains(null) || !list.isArray() && !list.isNull() && !list.isMissingNode()) {
            throw new Unreadable("its configuration's " + field + " is not a list of strings");
        }
        return strings;
    }

    ImageConfig toImageConfig(boolean index, List<String> platforms) {
        return new ImageConfig(platforms, index, user, entrypoint, cmd);
    }
}
