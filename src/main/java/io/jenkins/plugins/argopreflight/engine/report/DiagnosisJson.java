package io.jenkins.plugins.argopreflight.engine.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;

/** A diagnosis for programs: {@code docs/diagnosis.schema.json}. What it writes, it reads back but for comments in YAML. */
public final class DiagnosisJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The whole diagnosis, with a newline at its end. */
    public String render(Diagnosis diagnosis) {
        return Json.text(tree(diagnosis));
    }

    /** The same as a document, of which every text is visible. */
    public ObjectNode tree(Diagnosis diagnosis) {
        ObjectNode root = Json.document();
        root.setAll(MAPPER.<ObjectNode>valueToTree(diagnosis));
        return VisibleReport.in(root);
    }

    /**
     * A diagnosis that was written before.
     *
     * @throws IllegalArgumentException when it is none; the message quotes nothing of it
     */
    public Diagnosis read(String json) {
        try {
            return read(MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no diagnosis");
        }
    }

    /**
     * The same of a document.
     *
     * @throws IllegalArgumentException when it is none
     */
    public Diagnosis read(JsonNode document) {
        if (document.path("schemaVersion").asInt() != Json.SCHEMA_VERSION) {
            throw new IllegalArgumentException("no diagnosis of schemaVersion " + Json.SCHEMA_VERSION);
        }
        try {
            return MAPPER.treeToValue(document, Diagnosis.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no diagnosis");
        }
    }
}
