package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.json.UntrustedJson;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/** The content of a token: a JWT's claims, an ECR token's expiry. Nothing here is verified. */
public final class TokenContent {

    /** The greatest time that is plausible: a time in milliseconds is greater. */
    private static final long MAX_EPOCH_SECONDS = 1L << 40;

    private static final ObjectMapper JSON = new ObjectMapper(UntrustedJson.factory());

    private TokenContent() {}

    /**
     * Returns the time when a token expires, if it is a JWT or an ECR token (base64 of JSON with {@code expiration});
     * empty for any other password.
     */
    public static Optional<Instant> expires(String token) {
        JsonNode content = claims(token).or(() -> decode(token)).orElse(JSON.nullNode());
        JsonNode time = content.has("exp") ? content.path("exp") : content.path("expiration");
        OptionalLong seconds =
                time.isNumber() && time.canConvertToLong() ? OptionalLong.of(time.asLong()) : OptionalLong.empty();
        boolean isPlausible = seconds.isPresent() && seconds.getAsLong() > 0 && seconds.getAsLong() < MAX_EPOCH_SECONDS;
        return isPlausible ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong())) : Optional.empty();
    }

    /**
     * Returns whether a token allows to pull a repository, if it is a JWT with the claim {@code access}
     * (<a href="https://distribution.github.io/distribution/spec/auth/jwt/">token authentication</a>); empty for any
     * other token.
     */
    public static Optional<Boolean> grantsPull(String token, String path) {
        JsonNode access = claims(token).map(c -> c.path("access")).orElse(JSON.nullNode());
        if (!access.isArray()) {
            return Optional.empty();
        }
        for (JsonNode entry : access) {
            if (Json.text(entry, "name").equals(path)) {
                for (JsonNode action : entry.path("actions")) {
                    if (Json.text(action).equals("pull") || Json.text(action).equals("*")) {
                        return Optional.of(true);
                    }
                }
            }
        }
        return Optional.of(false);
    }

    private static Optional<JsonNode> claims(String token) {
        String[] parts = token.split("\\.", 4);
        return parts.length == 3 ? decode(parts[1]) : Optional.empty();
    }

    private static Optional<JsonNode> decode(String base64) {
        try {
            String alphabet = base64.replace('-', '+').replace('_', '/');
            JsonNode node = JSON.readTree(Base64.getDecoder().decode(alphabet));
            return Optional.ofNullable(node).filter(JsonNode::isObject);
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }
}
