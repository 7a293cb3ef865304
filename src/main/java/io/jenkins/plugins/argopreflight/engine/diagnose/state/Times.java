package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The parser of Kubernetes' times. A text that is not a time is read as empty. */
final class Times {

    private Times() {}

    static Optional<Instant> of(JsonNode value) {
        String text = Json.text(value);
        // A time is not shorter than a date.
        if (text.length() < 10) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
