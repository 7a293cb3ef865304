package io.jenkins.plugins.argopreflight.cli.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A response of the demo's registry. */
record DemoResponse(int status, String contentType, Map<String, String> headers, String body) {

    static DemoResponse json(int status, String body) {
        return new DemoResponse(status, "application/json", Map.of(), body);
    }

    /** Returns an error in the format of the OCI distribution specification. */
    static DemoResponse error(int status, String code, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("errors").addObject().put("code", code).put("message", message);
        return json(status, body.toString());
    }

    /** Returns the request to authenticate, with the message of {@code distribution}. */
    static DemoResponse challenge(String challenge) {
        DemoResponse error = error(401, "UNAUTHORIZED", "authentication required");
        return new DemoResponse(error.status, error.contentType, Map.of("WWW-Authenticate", challenge), error.body);
    }
}
