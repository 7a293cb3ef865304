package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An event of the cluster.
 *
 * @param kind the kind of the object of the event
 * @param last the time of the last occurrence
 */
public record EventState(
        String kind, String name, String reason, String message, boolean warning, Optional<Instant> last, long count) {

    /** The reason of the event for a started container. */
    public static final String STARTED = "Started";

    /** The reason of the event for a container that the kubelet stops. */
    public static final String KILLING = "Killing";

    static EventState of(ObjectNode event) {
        JsonNode object =
                event.path("involvedObject").isObject() ? event.path("involvedObject") : event.path("regarding");
        JsonNode series = event.path("series");
        String message = Json.text(event, "message");
        return new EventState(
                Json.text(object, "kind"),
                Json.text(object, "name"),
                Json.text(event, "reason"),
                message.isEmpty() ? Json.text(event, "note") : message,
                Json.text(event, "type").equals("Warning"),
                Stream.of(
                                Times.of(series.path("lastObservedTime")),
                                Times.of(event.path("lastTimestamp")),
                                Times.of(event.path("eventTime")),
                                Times.of(event.path("firstTimestamp")),
                                Times.of(event.path("metadata").path("creationTimestamp")))
                        .flatMap(Optional::stream)
                        .max(Comparator.naturalOrder()),
                Math.max(
                        1,
                        Math.max(
                                event.path("count").asLong(),
                                series.path("count").asLong())));
    }
}
