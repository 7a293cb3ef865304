package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Optional;

/** The description of the user or program that set {@code spec.shutdown} of a workflow. */
public final class StopOrigin {

    /** The annotation with a description of the user, if Argo Preflight stopped the workflow. */
    public static final String ANNOTATION = "argo-preflight.jenkins.io/stopped-by";

    /** The description if neither an annotation nor a field manager shows the user or program. */
    public static final String UNKNOWN = "A user or a program";

    private StopOrigin() {}

    /**
     * Returns a description for the beginning of a sentence. The annotation is used unless another field manager set
     * the field later.
     *
     * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#managers">Managers</a>
     */
    static String of(JsonNode workflow) {
        String annotation = KubeObjects.annotations(workflow).getOrDefault(ANNOTATION, "");
        Optional<JsonNode> manager = manager(workflow);
        boolean stoppedByPreflight = !annotation.isEmpty()
                && manager.map(entry -> !annotationEntry(entry).isMissingNode()).orElse(true);
        return stoppedByPreflight
                ? annotation
                : manager.map(entry -> Json.text(entry, "manager"))
                        .filter(name -> !name.isEmpty())
                        .map(name -> "Field manager " + name)
                        .orElse(UNKNOWN);
    }

    /** Returns the entry of the last field manager that set {@code spec.shutdown}. */
    private static Optional<JsonNode> manager(JsonNode workflow) {
        JsonNode last = null;
        for (JsonNode entry : workflow.path("metadata").path("managedFields")) {
            boolean sets =
                    !entry.path("fieldsV1").path("f:spec").path("f:shutdown").isMissingNode();
            if (sets && (last == null || Json.text(last, "time").compareTo(Json.text(entry, "time")) < 0)) {
                last = entry;
            }
        }
        return Optional.ofNullable(last);
    }

    private static JsonNode annotationEntry(JsonNode entry) {
        return entry.path("fieldsV1").path("f:metadata").path("f:annotations").path("f:" + ANNOTATION);
    }
}
