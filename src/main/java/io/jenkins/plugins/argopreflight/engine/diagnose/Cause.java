package io.jenkins.plugins.argopreflight.engine.diagnose;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixText;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The reason why nodes of a workflow failed or do not continue.
 *
 * @param check the id of the preflight check that finds the problem, else the id of the symptom
 * @param title the problem, at most 80 characters
 * @param subject the object to fix
 * @param detail the meaning, at most three sentences; never a secret
 * @param permanent whether waiting does not help, since something must be changed
 * @param next the action for the workflow after the fix
 * @param nodes the display names of the affected nodes, in the workflow's order
 * @param evidence the observations, the most significant first
 * @param fixes the fixes, the best first; comments of their YAML are not in JSON
 * @param remediation the fixes as texts that can be pasted unchanged; null until they are written, which is done once for
 *     a whole diagnosis
 */
public record Cause(
        String check,
        String title,
        Subject subject,
        String detail,
        boolean permanent,
        Next next,
        List<String> nodes,
        List<Evidence> evidence,
        List<Fix> fixes,

        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL) @Nullable
        List<FixText> remediation) {

    /** The object to fix, or the affected object if none can be fixed. Absent parts are {@code ""}. */
    public record Subject(String kind, String namespace, String name, String container, String path) {}

    public Cause {
        nodes = List.copyOf(nodes);
        evidence = List.copyOf(evidence);
        fixes = List.copyOf(fixes);
        remediation = remediation == null ? null : List.copyOf(remediation);
    }

    /**
     * Returns the fixes as texts.
     *
     * @throws IllegalStateException if there are fixes whose texts are not written
     */
    @Override
    public List<FixText> remediation() {
        return FixText.requireWritten(fixes, remediation);
    }

    /** Returns the fixes as texts, with what a renderer has to know of them. */
    public List<FixText> fixTexts() {
        return remediation();
    }

    /** Returns this cause for other nodes. */
    public Cause withNodes(List<String> others) {
        return new Cause(check, title, subject, detail, permanent, next, others, evidence, fixes, remediation);
    }

    /** Returns this cause with other evidence. */
    public Cause withEvidence(List<Evidence> observations) {
        return new Cause(check, title, subject, detail, permanent, next, nodes, observations, fixes, remediation);
    }

    /**
     * Returns this cause with its texts rewritten for another audience.
     *
     * @param sentence rewrites a sentence
     * @param fixText writes a fix
     */
    Cause worded(UnaryOperator<String> sentence, Function<Fix, List<FixText>> fixText) {
        return new Cause(
                check,
                sentence.apply(title),
                subject,
                sentence.apply(detail),
                permanent,
                next,
                nodes,
                evidence,
                fixes,
                fixes.stream().flatMap(fix -> fixText.apply(fix).stream()).toList());
    }

    /** Returns this cause with these fixes, whose texts are not written. */
    public Cause withFixes(List<? extends Fix> newFixes) {
        List<Fix> checked = newFixes.stream().map(Fix::checked).distinct().toList();
        return new Cause(check, title, subject, detail, permanent, next, nodes, evidence, checked, null);
    }
}
