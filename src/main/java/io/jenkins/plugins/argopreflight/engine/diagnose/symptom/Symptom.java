package io.jenkins.plugins.argopreflight.engine.diagnose.symptom;

import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Something that was seen of one node, or of the workflow.
 *
 * @param text what it says, in the words of Argo's node message: {@code REASON: MESSAGE} of what waits,
 *     {@code REASON (exit code N): MESSAGE} of what ended
 * @param pod its name; "" where there is none
 * @param container the container that it is about; ""
 * @param evidence the most showing first
 * @param values what is known besides, for titles and subjects, such as {@code image}
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

    /** The same with more that was seen. */
    public Symptom and(List<Evidence> more) {
        List<Evidence> all = new ArrayList<>(evidence);
        all.addAll(more);
        return new Symptom(place, text, pod, container, all, values);
    }

    /** The same with other words for what was seen. */
    public Symptom saying(String other) {
        return new Symptom(place, other, pod, container, evidence, values);
    }
}
