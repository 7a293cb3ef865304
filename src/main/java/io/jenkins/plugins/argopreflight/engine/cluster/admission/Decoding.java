package io.jenkins.plugins.argopreflight.engine.cluster.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.cluster.admission.resource.Quantity;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the API server cannot even read as a pod: quantities that are none. */
final class Decoding {

    private Decoding() {}

    static Optional<String> violations(JsonNode pod) {
        JsonNode spec = pod.path("spec");
        return Stream.concat(
                        Stream.of("containers", "initContainers")
                                .flatMap(list ->
                                        StreamSupport.stream(spec.path(list).spliterator(), false)),
                        Stream.of(spec))
                .map(owner -> owner.path("resources"))
                .flatMap(resources -> Stream.of(resources.path("limits"), resources.path("requests")))
                .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
                .flatMap(quantity -> unreadable(quantity).stream())
                .findFirst();
    }

    private static Optional<String> unreadable(JsonNode quantity) {
        try {
            Quantity.of(quantity);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("Pod in version \"v1\" cannot be handled as a Pod: " + e.getMessage());
        }
    }
}
