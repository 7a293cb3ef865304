package io.jenkins.plugins.argopreflight.cli.demo.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** One answer of the registry. */
record Reply(int status, String contentType, Map<String, String> headers, String body) {

    static Reply json(int status, String body) {
        return new Reply(status, "application/json", Map.of(), body);
    }

    /** An error in the form of the OCI distribution specification. */
    static Reply error(int status, String code, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("errors").addObject().put("code", code).put("message", message);
        return json(status, body.toString());
    }

    /** "Who are you?", as {@code distribution} words it. */
    static Reply challenge(String challenge) {
        Reply error = error(401, "UNAUTHORIZED", "authentication required");
        return new Reply(error.status, error.contentType, Map.of("WWW-Authenticate", challenge), error.body);
    }
}
