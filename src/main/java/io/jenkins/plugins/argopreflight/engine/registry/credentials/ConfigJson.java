package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.UntrustedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The reader and writer of the JSON of a registry Secret. It writes the same bytes as Go's encoding/json, and so as
 * kubectl.
 */
final class ConfigJson {

    private static final JsonMapper MAPPER = mapper();

    private ConfigJson() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Returns the fields that kubectl writes for a registry: username, password, auth, and email if it is not empty.
     */
    static ObjectNode entry(RegistryCredential credential) {
        String password = credential.password().reveal();
        ObjectNode entry = object().put("username", credential.username()).put("password", password);
        if (!credential.email().isEmpty()) {
            entry.put("email", credential.email());
        }
        byte[] auth = (credential.username() + ":" + password).getBytes(StandardCharsets.UTF_8);
        return entry.put("auth", Base64.getEncoder().encodeToString(auth));
    }

    static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write JSON", e);
        }
    }

    /**
     * Reads JSON without loss: numbers keep their digits, and a name that occurs twice in one object is an error.
     *
     * @throws DockerConfigException if the text is not JSON or has a name twice; the message has the position, never
     *     the content
     */
    static JsonNode read(byte[] json, String where) {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node == null || node.isMissingNode()) {
                throw new DockerConfigException(where + " is empty; expected {\"auths\": {…}}");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new DockerConfigException(where + " is not JSON that can be kept: line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr()
                    + (isDuplicate(e) ? ": a name occurs twice in one object" : "") + "; fix it there");
        } catch (IOException e) {
            throw new DockerConfigException(where + " cannot be read as JSON; fix it");
        }
    }

    private static boolean isDuplicate(JsonProcessingException e) {
        return e.getOriginalMessage().startsWith("Duplicate ");
    }

    private static JsonMapper mapper() {
        JsonMapper mapper = JsonMapper.builder(UntrustedJson.factory())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
        mapper.getFactory().setCharacterEscapes(new GoEscapes());
        return mapper;
    }

    /** The escapes of Go, which include the characters of HTML and the two line separators of JavaScript. */
    private static final class GoEscapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes['<'] = ESCAPE_CUSTOM;
            codes['>'] = ESCAPE_CUSTOM;
            codes['&'] = ESCAPE_CUSTOM;
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            boolean escaped = c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029;
            return escaped ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", c)) : null;
        }
    }
}
