package io.jenkins.plugins.argopreflight.engine.workflow.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Locations;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Endpoints of S3 stores that the executor cannot use: they are a host and a port, and no URL. Source: argoproj/pkg s3/s3.go,
 * minio-go utils.go (getEndpointURL).
 */
final class StoreEndpoints {

    private StoreEndpoints() {}

    static void check(WalkState run, TemplateCall call, JsonNode template) {
        Set<String> endpoints = new LinkedHashSet<>();
        artifacts(template).forEach(artifact -> endpoints.add(Json.text(artifact.path("s3"), "endpoint")));
        JsonNode archive = template.path("archiveLocation");
        boolean archived = archive.path("archiveLogs").asBoolean()
                || elements(template.path("outputs").path("artifacts"))
                        .anyMatch(artifact -> !Locations.hasLocation(artifact));
        if (archived) {
            endpoints.add(Json.text(archive.path("s3"), "endpoint"));
        }
        for (String endpoint : endpoints) {
            if (endpoint.contains("://") && !endpoint.contains("{{")) {
                run.problem(
                        Problem.Kind.REFUSED,
                        call,
                        "failed to create new S3 client: Endpoint url cannot have fully qualified paths: s3.endpoint "
                                + endpoint + " must be a host and a port, with insecure: true for http");
            }
        }
    }

    private static Stream<JsonNode> artifacts(JsonNode template) {
        return Stream.concat(
                elements(template.path("inputs").path("artifacts")),
                elements(template.path("outputs").path("artifacts")));
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
