package io.jenkins.plugins.argopreflight.engine.render.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import java.util.List;

/**
 * A diagnosis in JSON as {@code docs/diagnosis.schema.json} describes it. Reading it restores everything except
 * comments in YAML.
 */
public final class DiagnosisJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(new PreflightJson.Labels()))
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Renders the whole diagnosis, with a newline at its end. */
    public String render(Diagnosis diagnosis) {
        return JsonParts.text(tree(diagnosis));
    }

    /** Returns the diagnosis as a document, with all texts made visible. */
    public ObjectNode tree(Diagnosis diagnosis) {
        ObjectNode root = JsonParts.document();
        root.setAll(MAPPER.<ObjectNode>valueToTree(diagnosis));
        if (diagnosis.changedSince().isEmpty()) {
            root.remove(List.of("changedSince", "changed"));
        }
        return VisibleReport.in(root);
    }

    /**
     * Reads a diagnosis.
     *
     * @throws IllegalArgumentException if the text is not a diagnosis; the message does not quote it
     */
    public Diagnosis read(String json) {
        try {
            return read(MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no diagnosis");
        }
    }

    /**
     * Reads a diagnosis from a document.
     *
     * @throws IllegalArgumentException if the document is not a diagnosis
     */
    public Diagnosis read(JsonNode document) {
        if (document.path("schemaVersion").asInt() != JsonParts.SCHEMA_VERSION) {
            throw new IllegalArgumentException("no diagnosis of schemaVersion " + JsonParts.SCHEMA_VERSION);
        }
        try {
            return MAPPER.treeToValue(document, Diagnosis.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no diagnosis");
        }
    }
}
