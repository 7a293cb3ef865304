package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.manifest.FrozenJson;
import java.time.Duration;
import java.util.Optional;

/**
 * What came back.
 *
 * @param code the HTTP status
 * @param body its JSON; missing when it was none
 * @param retryAfter what the server asked to wait
 */
record ApiReply(int code, JsonNode body, Optional<Duration> retryAfter) {

    boolean ok() {
        return code >= 200 && code < 300;
    }

    /**
     * The object that was asked for, frozen.
     *
     * @param request as messages name it
     */
    ObjectNode object(String server, String request) {
        if (!ok()) {
            throw StatusErrors.of(this, server, request);
        }
        if (body instanceof ObjectNode object) {
            return FrozenJson.of(object);
        }
        throw StatusErrors.notOfAnApiServer(request);
    }

    /** Whether it says that exactly this object does not exist, rather than its whole kind or URL. */
    boolean isAbsent(String name) {
        return code == 404 && body.path("details").path("name").asText("").equals(name);
    }
}
