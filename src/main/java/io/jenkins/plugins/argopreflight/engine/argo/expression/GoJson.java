package io.jenkins.plugins.argopreflight.engine.argo.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * A writer of JSON as Go's {@code json.Marshal} writes it: maps are sorted by their keys, and characters with a meaning
 * in HTML are escaped.
 */
public final class GoJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private GoJson() {}

    static String marshalled(Object value) {
        return escaped(unescaped(value));
    }

    static String unescaped(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * Escapes characters that Go escapes in JSON and other writers do not; source: Go's encoding/json
     * (appendHTMLEscape).
     */
    public static String escaped(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
