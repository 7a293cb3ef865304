package io.jenkins.plugins.argopreflight.engine.diagnose.symptom;

import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An observation of a node or of the workflow.
 *
 * @param place the origin of the text
 * @param text the text, in the form of Argo's node messages: {@code REASON: MESSAGE} for a waiting container,
 *     {@code REASON (exit code N): MESSAGE} for an ended one
 * @param pod the name of the pod; {@code ""} for none
 * @param container the name of the container; {@code ""} for none
 * @param evidence the evidence, the most significant first
 * @param values further known values for titles and subjects, such as {@code image}
 */
public record Symptom(
        TextOrigin place,
        String text,
        String pod,
        String container,
        List<Evidence> evidence,
        Map<String, String> values) {

    public Symptom {
        evidence = List.copyOf(evidence);
        values = Map.copyOf(values);
    }

    /** Returns this symptom with more evidence. */
    public Symptom and(List<Evidence> more) {
        List<Evidence> all = new ArrayList<>(evidence);
        all.addAll(more);
        return new Symptom(place, text, pod, container, all, values);
    }

    /** Returns this symptom with another text. */
    public Symptom withText(String other) {
        return new Symptom(place, other, pod, container, evidence, values);
    }
}
