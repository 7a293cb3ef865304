package io.jenkins.plugins.argopreflight.engine.render.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.io.IOException;

/** A deserializer of evidence, whose fields determine its type. */
final class EvidenceReader extends StdDeserializer<EvidenceLine> {

    private static final long serialVersionUID = 1L;

    EvidenceReader() {
        super(EvidenceLine.class);
    }

    @Override
    public EvidenceLine deserialize(JsonParser json, DeserializationContext context) throws IOException {
        JsonNode node = context.readTree(json);
        if (node.has("request")) {
            return new EvidenceLine.Exchange(
                    text(node, "requester"),
                    text(node, "request"),
                    node.path("status").asInt(),
                    text(node, "code"),
                    text(node, "answer"));
        }
        return node.has("field")
                ? new EvidenceLine.Field(
                        text(node, "object"), text(node, "field"), text(node, "value"), text(node, "origin"))
                : EvidenceLine.words(text(node, "text"));
    }

    private static String text(JsonNode node, String field) {
        return Json.text(node, field);
    }
}
