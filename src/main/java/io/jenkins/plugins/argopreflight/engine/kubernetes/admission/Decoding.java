package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.object.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The errors in a pod that the API server cannot even decode: invalid quantities, and values of a wrong type. */
public final class Decoding {

    private Decoding() {}

    /** Returns the refusal of a pod that cannot be decoded, with the server's message; empty if it can. */
    public static Optional<AdmissionRefusal> refusal(JsonNode pod) {
        JsonNode spec = pod.path("spec");
        return Stream.concat(
                        Stream.of("containers", "initContainers")
                                .flatMap(list -> spec.path(list).valueStream()),
                        Stream.of(spec))
                .map(owner -> owner.path("resources"))
                .flatMap(Decoding::resourceErrors)
                .findFirst()
                .map(error -> AdmissionRefusal.invalid(
                        "Pod in version \"v1\" cannot be handled as a Pod: " + error, List.of()));
    }

    private static Stream<String> resourceErrors(JsonNode resources) {
        return Stream.concat(
                typeError("resources", resources).stream(),
                Stream.of("limits", "requests")
                        .flatMap(field -> Stream.concat(
                                typeError(field, resources.path(field)).stream(),
                                resources
                                        .path(field)
                                        .valueStream()
                                        .flatMap(quantity -> quantityError(quantity).stream()))));
    }

    /** Returns the error of a value that should be an object; empty for an object, null or an absent value. */
    private static Optional<String> typeError(String field, JsonNode value) {
        return value.isMissingNode() || value.isNull() || value.isObject()
                ? Optional.empty()
                : Optional.of("json: cannot unmarshal "
                        + value.getNodeType().name().toLowerCase(Locale.ROOT) + " into Go struct field " + field);
    }

    private static Optional<String> quantityError(JsonNode quantity) {
        try {
            Quantity.of(quantity);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
