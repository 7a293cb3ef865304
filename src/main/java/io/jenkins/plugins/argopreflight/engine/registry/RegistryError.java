package io.jenkins.plugins.argopreflight.engine.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry or token server says in an error's body: the
 * <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes">distribution errors</a>,
 * the shapes that others use instead, or plain text.
 *
 * @param code such as {@code MANIFEST_UNKNOWN}; "" for none
 * @param message one bounded line; "" for none
 */
record RegistryError(String code, String message) {

    private static final int LONGEST = 300;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TITLE = Pattern.compile("(?is)<title>([^<]{1,200})</title>");

    static RegistryError of(Reply reply) {
        String body = unescaped(new String(reply.body(), StandardCharsets.UTF_8).strip());
        if (body.startsWith("{")) {
            try {
                return of(JSON.readTree(body));
            } catch (JsonProcessingException e) {
                return new RegistryError("", OneLine.of(body, LONGEST));
            }
        }
        if (body.startsWith("<")) {
            Matcher title = TITLE.matcher(body);
            return new RegistryError("", title.find() ? OneLine.of(title.group(1), LONGEST) : "a web page");
        }
        return new RegistryError("", OneLine.of(body, LONGEST));
    }

    private static RegistryError of(JsonNode body) {
        JsonNode first = body.path("errors").path(0);
        if (first.isObject()) {
            String message = first.path("message").asText("");
            return new RegistryError(
                    OneLine.of(first.path("code").asText(""), 60),
                    OneLine.of(message.isEmpty() ? first.path("detail").asText("") : message, LONGEST));
        }
        for (String name : List.of("details", "detail", "message", "error_description", "error")) {
            if (body.path(name).isTextual()) {
                return new RegistryError("", OneLine.of(body.path(name).asText(), LONGEST));
            }
        }
        return new RegistryError("", OneLine.of(body.toString(), LONGEST));
    }

    /** Some Nexus versions escape their JSON as HTML (https://github.com/GoogleContainerTools/jib/issues/2898). */
    private static String unescaped(String body) {
        return !body.startsWith("&#x7b;")
                ? body
                : body.replace("&#x7b;", "{")
                        .replace("&#x7d;", "}")
                        .replace("&#x5b;", "[")
                        .replace("&#x5d;", "]")
                        .replace("&#x3a;", ":")
                        .replace("&quot;", "\"");
    }
}
