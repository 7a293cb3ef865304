package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import java.util.Optional;

/** The user or program that set {@code spec.shutdown} of a workflow. */
public final class StopOrigin {

    /** An annotation: who stopped the workflow, in words, where this was Argo Preflight. */
    public static final String ANNOTATION = "argo-preflight.jenkins.io/stopped-by";

    /** The phrase where neither an annotation nor a field manager shows who it was. */
    public static final String UNKNOWN = "A user or a program";

    private StopOrigin() {}

    /**
     * Returns a phrase for the begin of a sentence. The annotation counts unless another field manager set the field after
     * that.
     *
     * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#managers">Managers</a>
     */
    static String of(JsonNode workflow) {
        String written = Objects.annotations(workflow).getOrDefault(ANNOTATION, "");
        Optional<JsonNode> manager = manager(workflow);
        boolean ours = !written.isEmpty()
                && manager.map(entry -> !annotations(entry).isMissingNode()).orElse(true);
        return ours
                ? written
                : manager.map(entry -> Objects.text(entry, "manager"))
                        .filter(name -> !name.isEmpty())
                        .map(name -> "Field manager " + name)
                        .orElse(UNKNOWN);
    }

    /** The entry of the last one that set the field. */
    private static Optional<JsonNode> manager(JsonNode workflow) {
        JsonNode last = null;
        for (JsonNode entry : workflow.path("metadata").path("managedFields")) {
            boolean sets =
                    !entry.path("fieldsV1").path("f:spec").path("f:shutdown").isMissingNode();
            if (sets && (last == null || Objects.text(last, "time").compareTo(Objects.text(entry, "time")) < 0)) {
                last = entry;
            }
        }
        return Optional.ofNullable(last);
    }

    private static JsonNode annotations(JsonNode entry) {
        return entry.path("fieldsV1").path("f:metadata").path("f:annotations").path("f:" + ANNOTATION);
    }
}
