package io.jenkins.plugins.argopreflight.offline.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.json.JsonTexts;
import io.jenkins.plugins.argopreflight.engine.util.secret.SecretMask;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The removal of the values of a cluster's Secrets from other texts of the cluster, such as logs and events. */
final class SecretTexts {

    /** The minimum length of a value, in characters. Shorter values, such as a user's name, occur in many texts. */
    private static final int MIN_LENGTH = 6;

    private static final JsonMapper JSON = new JsonMapper();

    private final SecretMask values;

    private SecretTexts(Collection<String> values) {
        this.values = new SecretMask(values);
    }

    static SecretTexts of(Collection<ObjectNode> secrets) {
        TreeSet<String> values = new TreeSet<>();
        for (ObjectNode secret : secrets) {
            secret.path("data").forEach(value -> collect(decoded(Json.text(value)), values));
        }
        return new SecretTexts(values);
    }

    /** Creates a mask for the values. */
    static SecretTexts ofValues(Collection<String> secretValues) {
        TreeSet<String> values = new TreeSet<>();
        secretValues.forEach(value -> collect(value, values));
        return new SecretTexts(values);
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Collects each text of a JSON document, or each line of another text, since logs contain lines. */
    private static void collect(String text, Collection<String> values) {
        if (text.strip().startsWith("{")) {
            try {
                leaves(JSON.readTree(text), values);
                return;
            } catch (JsonProcessingException e) {
                // The value is not JSON, but plain text.
            }
        }
        text.lines()
                .map(String::strip)
                .filter(line -> line.length() >= MIN_LENGTH)
                .forEach(values::add);
    }

    private static void leaves(JsonNode node, Collection<String> values) {
        if (node.isTextual() && node.asText().length() >= MIN_LENGTH) {
            values.add(Json.text(node));
        }
        node.forEach(each -> leaves(each, values));
    }

    String mask(String text) {
        return values.mask(text);
    }

    /** Masks all texts of an object except its metadata. */
    void mask(ObjectNode object) {
        object.properties().stream()
                .filter(field -> !field.getKey().equals("metadata"))
                .forEach(field -> field.setValue(JsonTexts.replace(field.getValue(), this::mask)));
    }

    /** Masks the values of a workflow's parameters, those of its nodes, and the results of its scripts. */
    void maskParameters(ObjectNode workflow) {
        workflow.findValues("parameters").forEach(list -> list.forEach(each -> mask(each, "value", "default")));
        workflow.findParents("result").forEach(each -> mask(each, "result"));
    }

    private void mask(JsonNode in, String... fields) {
        for (String field : fields) {
            if (in instanceof ObjectNode object && object.path(field).isTextual()) {
                object.put(field, mask(object.path(field).textValue()));
            }
        }
    }

    /** Returns whether the texts of an object come from programs or users. */
    static boolean isNeededFor(ObjectNode object) {
        return List.of("Workflow", "Pod", "Event").contains(Json.text(object, "kind"));
    }
}
