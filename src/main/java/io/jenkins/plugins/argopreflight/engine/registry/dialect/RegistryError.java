package io.jenkins.plugins.argopreflight.engine.registry.dialect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.RegistryReply;
import io.jenkins.plugins.argopreflight.engine.util.http.OneLine;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.json.UntrustedJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The error in the body of an answer of a registry or token server: the
 * <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes">distribution errors</a>,
 * and of token servers {@code error} and {@code error_description} (RFC 6749) and Docker Hub's {@code details}. Any
 * other body can be that of another service, and is never quoted. Rules can still search it for a known text.
 *
 * @param code such as {@code MANIFEST_UNKNOWN}; "" for none
 * @param message the message in one line of limited length; "" for none
 * @param text the start of the body in one line, for rules only
 */
public record RegistryError(String code, String message, String text) {

    public static final RegistryError NONE = new RegistryError("", "", "");

    private static final int MAX_CHARACTERS = 300;
    private static final ObjectMapper JSON = new ObjectMapper(UntrustedJson.factory());
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,60}");

    /**
     * Reads the error of an answer.
     *
     * @param atToken whether a token server answered
     */
    public static RegistryError of(RegistryReply reply, boolean atToken) {
        String body = withoutHtmlEscapes(new String(reply.body(), StandardCharsets.UTF_8).strip());
        JsonNode json = json(body);
        JsonNode first = json.path("errors").path(0);
        String code = Json.text(first, "code");
        List<String> fields = atToken ? List.of("details", "error_description", "error") : List.of();
        String message = Stream.concat(
                        Stream.of(first.path("message"), first.path("detail")),
                        fields.stream().map(json::path))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
        return new RegistryError(
                reply.isJson() && CODE.matcher(code).matches() ? code : "",
                reply.isJson() ? OneLine.of(message, MAX_CHARACTERS) : "",
                OneLine.of(message.isEmpty() ? body : message, MAX_CHARACTERS));
    }

    private static JsonNode json(String body) {
        try {
            return body.startsWith("{") ? JSON.readTree(body) : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /**
     * Returns a body without the HTML escapes that some Nexus versions write into JSON
     * (https://github.com/GoogleContainerTools/jib/issues/2898).
     */
    private static String withoutHtmlEscapes(String body) {
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
