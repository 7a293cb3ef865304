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

/** A diagnosis for programs: {@code docs/diagnosis.schema.json}. What it writes, it reads back but for comments in YAML. */
public final class DiagnosisJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(new PreflightJson.Labels()))
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The whole diagnosis, with a newline at its end. */
    public String render(Diagnosis diagnosis) {
        return JsonParts.text(tree(diagnosis));
    }

    /** The same as a document, of which every text is visible. */
    public ObjectNode tree(Diagnosis diagnosis) {
        ObjectNode root = JsonParts.document();
        root.setAll(MAPPER.<ObjectNode>valueToTree(diagnosis));
        if (diagnosis.changedSince().isEmpty()) {
            root.remove(List.of("changedSince", "changed"));
        }
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
