package io.jenkins.plugins.argopreflight.engine.facts.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;

/** The rules for tolerated taints. Source: k8s.io/component-helpers scheduling/corev1 (ToleratesTaint). */
public final class Tolerations {

    /** The taint of a cordoned node. */
    static final ObjectNode CORDON = JsonNodeFactory.instance
            .objectNode()
            .put("key", "node.kubernetes.io/unschedulable")
            .put("effect", "NoSchedule");

    private Tolerations() {}

    /** Returns the taints that keep the pod away, each {@code key=value:effect}. */
    static List<String> untolerated(JsonNode tolerations, JsonNode taints) {
        return taints.valueStream()
                .filter(taint -> !Json.text(taint, "effect").equals("PreferNoSchedule"))
                .filter(taint -> !anyCovers(tolerations, taint))
                .map(Tolerations::shown)
                .toList();
    }

    static boolean anyCovers(JsonNode tolerations, JsonNode taint) {
        for (JsonNode toleration : tolerations) {
            if (covers(toleration, taint)) {
                return true;
            }
        }
        return false;
    }

    private static boolean covers(JsonNode toleration, JsonNode taint) {
        String effect = Json.text(toleration, "effect");
        String key = Json.text(toleration, "key");
        String operator = Json.text(toleration, "operator");
        if (!effect.isEmpty() && !effect.equals(Json.text(taint, "effect"))) {
            return false;
        }
        if (!key.isEmpty() && !key.equals(Json.text(taint, "key"))) {
            return false;
        }
        return operator.equals("Exists")
                || !key.isEmpty() && Json.text(toleration, "value").equals(Json.text(taint, "value"));
    }

    /** Returns the taint in the form of {@code kubectl taint}. */
    static String shown(JsonNode taint) {
        String value = Json.text(taint, "value");
        return Json.text(taint, "key") + (value.isEmpty() ? "" : "=" + value) + ":" + Json.text(taint, "effect");
    }

    /** Returns the toleration that allows a pod on a node with this taint. */
    public static ObjectNode toleration(String taint) {
        int colon = taint.lastIndexOf(':');
        String[] pair = taint.substring(0, colon).split("=", 2);
        ObjectNode toleration = JsonNodeFactory.instance.objectNode().put("key", pair[0]);
        toleration.put("operator", pair.length == 2 ? "Equal" : "Exists");
        if (pair.length == 2) {
            toleration.put("value", pair[1]);
        }
        return toleration.put("effect", taint.substring(colon + 1));
    }
}
