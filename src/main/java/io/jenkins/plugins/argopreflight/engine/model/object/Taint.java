package io.jenkins.plugins.argopreflight.engine.model.object;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;

/**
 * A taint of a node.
 *
 * @param value "" for none
 * @param effect NoSchedule, PreferNoSchedule or NoExecute
 */
public record Taint(String key, String value, String effect) {

    /** Reads an item of {@code spec.taints}. */
    public static Taint of(JsonNode taint) {
        return new Taint(Json.text(taint, "key"), Json.text(taint, "value"), Json.text(taint, "effect"));
    }

    /** Returns {@code key=value:effect}, in the form of {@code kubectl taint}. */
    @Override
    public String toString() {
        return key + (value.isEmpty() ? "" : "=" + value) + ":" + effect;
    }
}
