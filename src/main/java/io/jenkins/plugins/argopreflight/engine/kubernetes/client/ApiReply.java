package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import java.time.Duration;
import java.util.Optional;

/**
 * An answer of the API server.
 *
 * @param code the HTTP status
 * @param body the JSON of the body; missing if it was not JSON
 * @param retryAfter the time that the server asks to wait
 * @param isUnknownPath whether it is an API server's answer to a request to a path that the server does not have
 */
record ApiReply(int code, JsonNode body, Optional<Duration> retryAfter, boolean isUnknownPath) {

    ApiReply(int code, JsonNode body, Optional<Duration> retryAfter) {
        this(code, body, retryAfter, /* isUnknownPath= */ false);
    }

    boolean ok() {
        return code >= 200 && code < 300;
    }

    /**
     * Returns the requested object, frozen.
     *
     * @param request the request in messages
     */
    ObjectNode object(String server, String request) {
        if (!ok()) {
            throw StatusErrors.of(this, server, request);
        }
        if (body instanceof ObjectNode object) {
            return FrozenJson.of(object);
        }
        throw StatusErrors.answerOfOtherService(request);
    }

    /**
     * Returns whether the answer reports that the object of this name does not exist. A missing kind or URL is not one.
     */
    boolean isAbsent(String name) {
        return code == 404 && Json.text(body, "details", "name").equals(name);
    }
}
