package io.jenkins.plugins.argopreflight.engine.render.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A diagnosis in JSON as {@code docs/diagnosis.schema.json} describes it. Reading it restores everything except
 * comments in YAML, the kinds of evidence and the unfinished nodes.
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

    /**
     * Reads the document of a diagnosis after its texts were changed. The original has the values that are not in the
     * document.
     */
    public Diagnosis read(JsonNode document, Diagnosis original) {
        Diagnosis changed = read(document);
        return changed.withCauses(IntStream.range(0, changed.causes().size())
                        .mapToObj(i -> withKinds(
                                changed.causes().get(i),
                                original.causes().get(i).evidence()))
                        .toList())
                .unfinished(original.unfinished());
    }

    private static Cause withKinds(Cause cause, List<Evidence> originals) {
        return cause.withEvidence(IntStream.range(0, originals.size())
                .mapToObj(i -> cause.evidence().get(i).ofKind(originals.get(i).kind()))
                .toList());
    }
}
