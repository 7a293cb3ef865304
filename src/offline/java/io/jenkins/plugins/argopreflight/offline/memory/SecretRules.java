package io.jenkins.plugins.argopreflight.offline.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.offline.store.ApiErrors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The admission and validation of Secrets, as the API server does it.
 *
 * @see <a href="https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/core/validation/validation.go">
 * ValidateSecret and ValidateSecretUpdate</a>
 */
final class SecretRules {

    private static final ObjectReader STRICT =
            new JsonMapper().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Map<String, String> JSON_KEYS = Map.of(
            "kubernetes.io/dockerconfigjson", ".dockerconfigjson",
            "kubernetes.io/dockercfg", ".dockercfg");
    private static final String LOCKED = ": Forbidden: field is immutable when `immutable` is set";

    private SecretRules() {}

    /** Moves stringData into data and sets the default type; refuses data that is not base64. */
    static void admit(ObjectNode secret) {
        if (Json.text(secret, "type").isEmpty()) {
            secret.put("type", "Opaque");
        }
        JsonNode stringData = secret.remove("stringData");
        if (stringData != null && !stringData.isEmpty()) {
            ObjectNode data = secret.get("data") instanceof ObjectNode present ? present : secret.putObject("data");
            Json.strings(stringData).forEach((key, value) -> data.put(key, encode(value)));
        }
        for (String value : Json.strings(secret.path("data")).values()) {
            decode(value);
        }
    }

    /** Checks a Secret like ValidateSecret; with the stored Secret, also like ValidateSecretUpdate. */
    static void validate(ObjectNode secret, Optional<ObjectNode> stored) {
        List<String> errors = new ArrayList<>();
        stored.ifPresent(old -> update(secret, old, errors));
        String key = JSON_KEYS.get(Json.text(secret, "type"));
        if (key != null) {
            json(secret, key, errors);
        }
        if (!errors.isEmpty()) {
            String text = errors.size() == 1 ? errors.get(0) : errors.toString();
            throw ApiErrors.invalid(Resource.SECRETS, KubeObjects.name(secret), text);
        }
    }

    private static void update(ObjectNode secret, ObjectNode old, List<String> errors) {
        String type = Json.text(secret, "type");
        if (!type.equals(Json.text(old, "type"))) {
            errors.add("type: Invalid value: \"" + type + "\": field is immutable");
        }
        if (old.path("immutable").asBoolean()) {
            if (!secret.path("immutable").asBoolean()) {
                errors.add("immutable" + LOCKED);
            }
            if (!Json.strings(secret.path("data")).equals(Json.strings(old.path("data")))) {
                errors.add("data" + LOCKED);
            }
        }
    }

    private static void json(ObjectNode secret, String key, List<String> errors) {
        JsonNode value = secret.path("data").path(key);
        if (value.isMissingNode()) {
            errors.add("data[" + key + "]: Required value");
            return;
        }
        goError(new String(decode(Json.text(value)), StandardCharsets.UTF_8))
                .ifPresent(error ->
                        errors.add("data[" + key + "]: Invalid value: \"<secret contents redacted>\": " + error));
    }

    /**
     * Returns Go's message if a text cannot be unmarshalled into a map, without the character at which the syntax is
     * wrong.
     */
    private static Optional<String> goError(String text) {
        try {
            JsonNode json = STRICT.readTree(text);
            return json.isObject() || json.isNull() ? Optional.empty() : Optional.of(wrongType(json));
        } catch (JsonProcessingException e) {
            return Optional.of(e instanceof JsonEOFException ? "unexpected end of JSON input" : "invalid character");
        }
    }

    private static String wrongType(JsonNode json) {
        if (json.isMissingNode()) {
            return "unexpected end of JSON input";
        }
        String type = json.isArray() ? "array" : json.isTextual() ? "string" : json.isBoolean() ? "bool" : "number";
        return "json: cannot unmarshal " + type + " into Go value of type map[string]interface {}";
    }

    private static String encode(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] decode(String base64) throws ClusterException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw ApiErrors.badRequest("Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data");
        }
    }
}
