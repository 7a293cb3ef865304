package io.jenkins.plugins.argopreflight.engine.render.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.jenkins.plugins.argopreflight.engine.check.Evidence;
import java.io.IOException;

/** Reads evidence by the fields that each kind of it has. */
final class EvidenceReader extends StdDeserializer<Evidence> {

    private static final long serialVersionUID = 1L;

    EvidenceReader() {
        super(Evidence.class);
    }

    @Override
    public Evidence deserialize(JsonParser json, DeserializationContext context) throws IOException {
        JsonNode node = context.readTree(json);
        if (node.has("request")) {
            return new Evidence.Exchange(
                    text(node, "requester"),
                    text(node, "request"),
                    node.path("status").asInt(),
                    text(node, "code"),
                    text(node, "answer"));
        }
        return node.has("field")
                ? new Evidence.Field(
                        text(node, "object"), text(node, "field"), text(node, "value"), text(node, "origin"))
                : Evidence.words(text(node, "text"));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }
}
