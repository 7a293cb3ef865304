package io.jenkins.plugins.argopreflight.testing.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;

/**
 * An answered request in the API server's audit log.
 *
 * @param verb Kubernetes' verb: get, list, watch, create, update, patch, delete
 * @param resource the plural, with {@code /subresource} when there is one; "" for paths such as /version
 * @param name "" for lists and creations whose name the server did not note
 * @param code the HTTP status
 */
public record AuditedRequest(
        String user,
        String verb,
        String resource,
        String namespace,
        String name,
        int code,
        String userAgent,
        String uri) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");

    /** Null for a line that a server was stopped in, or for the start of a watch. */
    static AuditedRequest parse(String line) {
        JsonNode event;
        try {
            event = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return null;
        }
        if (!event.path("stage").asText().equals("ResponseComplete")) {
            return null;
        }
        JsonNode object = event.path("objectRef");
        String subresource = object.path("subresource").asText();
        return new AuditedRequest(
                event.path("user").path("username").asText(),
                event.path("verb").asText(),
                object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
                object.path("namespace").asText(),
                object.path("name").asText(),
                event.path("responseStatus").path("code").asInt(),
                event.path("userAgent").asText(),
                event.path("requestURI").asText());
    }

    /** Returns whether the request could change a stored object. Access reviews and dry runs are never stored. */
    public boolean isWrite() {
        return WRITES.contains(verb) && !resource.endsWith("reviews") && !uri.contains("dryRun=");
    }
}
