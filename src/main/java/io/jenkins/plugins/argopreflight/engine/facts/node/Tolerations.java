package io.jenkins.plugins.argopreflight.engine.facts.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.Taint;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;

/** The rules for tolerated taints. Source: k8s.io/component-helpers scheduling/corev1 (ToleratesTaint). */
public final class Tolerations {

    /** The taint of a cordoned node. */
    static final Taint CORDON = new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule");

    private Tolerations() {}

    /** Returns the taints that keep the pod away. */
    static List<Taint> untolerated(JsonNode tolerations, JsonNode taints) {
        return taints.valueStream()
                .map(Taint::of)
                .filter(taint -> !taint.effect().equals("PreferNoSchedule"))
                .filter(taint -> !anyCovers(tolerations, taint))
                .toList();
    }

    static boolean anyCovers(JsonNode tolerations, Taint taint) {
        for (JsonNode toleration : tolerations) {
            if (covers(toleration, taint)) {
                return true;
            }
        }
        return false;
    }

    private static boolean covers(JsonNode toleration, Taint taint) {
        String effect = Json.text(toleration, "effect");
        String key = Json.text(toleration, "key");
        String operator = Json.text(toleration, "operator");
        if (!effect.isEmpty() && !effect.equals(taint.effect())) {
            return false;
        }
        if (!key.isEmpty() && !key.equals(taint.key())) {
            return false;
        }
        return operator.equals("Exists")
                || !key.isEmpty() && Json.text(toleration, "value").equals(taint.value());
    }

    /** Returns the toleration that allows a pod on a node with this taint. */
    public static ObjectNode toleration(Taint taint) {
        ObjectNode toleration = JsonNodeFactory.instance.objectNode().put("key", taint.key());
        toleration.put("operator", taint.value().isEmpty() ? "Exists" : "Equal");
        if (!taint.value().isEmpty()) {
            toleration.put("value", taint.value());
        }
        return toleration.put("effect", taint.effect());
    }
}
