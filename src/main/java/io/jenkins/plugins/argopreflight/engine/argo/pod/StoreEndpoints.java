package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.argo.template.Locations;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A check for endpoints and buckets of S3 stores that the executor cannot use: an endpoint is a host and a port, and no
 * URL. Source: argoproj/pkg s3/s3.go, minio-go utils.go (isValidEndpointURL), pkg/s3utils/utils.go
 * (CheckValidBucketName).
 */
final class StoreEndpoints {

    /** Pattern of an endpoint with a scheme or a path: {@code http://minio:9000}, {@code minio/bucket}. */
    private static final Pattern URL = Pattern.compile(".*://.*|[^/]*/.+");
    /** Pattern of an endpoint with the bucket's name: {@code data.s3.amazonaws.com}. */
    private static final Pattern BUCKET_ENDPOINT = Pattern.compile("[-\\w.]+\\.s3\\.amazonaws\\.com(:\\d+)?/?");
    /** Pattern of a bucket's name, which has 3 to 63 characters. */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9._:]{1,61}[A-Za-z0-9]");

    private StoreEndpoints() {}

    static void check(Simulation run, TemplateCall call, JsonNode template) {
        Set<JsonNode> stores = new LinkedHashSet<>();
        artifacts(template).forEach(artifact -> stores.add(artifact.path("s3")));
        JsonNode archive = template.path("archiveLocation");
        boolean usesArchive = archive.path("archiveLogs").asBoolean()
                || template.path("outputs")
                        .path("artifacts")
                        .valueStream()
                        .anyMatch(artifact -> !Locations.hasLocation(artifact));
        if (usesArchive) {
            stores.add(archive.path("s3"));
        }
        Set<String> problems = new LinkedHashSet<>();
        for (JsonNode store : stores) {
            endpointProblem(Json.text(store, "endpoint")).ifPresent(problems::add);
            bucketProblem(Json.text(store, "bucket")).ifPresent(problems::add);
        }
        problems.forEach(problem -> run.problem(Problem.Kind.REFUSED, call, problem));
    }

    /** Returns the message about an endpoint that the executor cannot use; empty if there is none. */
    private static Optional<String> endpointProblem(String endpoint) {
        if (UnknownValues.areIn(endpoint)) {
            return Optional.empty();
        }
        if (URL.matcher(endpoint).matches()) {
            return Optional.of(
                    "failed to create new S3 client: Endpoint url cannot have fully qualified paths: s3.endpoint "
                            + endpoint + " must be a host and a port, with insecure: true for http");
        }
        return BUCKET_ENDPOINT.matcher(endpoint).matches()
                ? Optional.of("failed to create new S3 client: Amazon S3 endpoint should be 's3.amazonaws.com':"
                        + " s3.endpoint " + endpoint + " names the bucket, which belongs in s3.bucket")
                : Optional.empty();
    }

    /** Returns the message about a name that no bucket can have; empty if there is none. */
    private static Optional<String> bucketProblem(String bucket) {
        return bucket.isEmpty()
                        || UnknownValues.areIn(bucket)
                        || BUCKET.matcher(bucket).matches()
                ? Optional.empty()
                : Optional.of("s3.bucket " + bucket + " is no valid name: Bucket name contains invalid characters,"
                        + " or has fewer than 3 or more than 63; folders belong in s3.key");
    }

    private static Stream<JsonNode> artifacts(JsonNode template) {
        return Stream.concat(
                template.path("inputs").path("artifacts").valueStream(),
                template.path("outputs").path("artifacts").valueStream());
    }
}
