package io.jenkins.plugins.argopreflight.offline.admission;

import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.List;
import java.util.Optional;

/**
 * A webhook or policy that can refuse or change the pod and that only the API server can evaluate.
 *
 * @param kind ValidatingAdmissionPolicy, ValidatingWebhookConfiguration or MutatingWebhookConfiguration
 * @param name name of the object; "" if it is not known whether there are any
 * @param evidence its conditions, as far as they can be read: a policy's expressions and messages, a webhook's names
 * @param missingRight the right that is missing to read whether there are any
 */
public record UnevaluatedPolicy(String kind, String name, List<String> evidence, Optional<Right> missingRight) {

    public UnevaluatedPolicy {
        evidence = List.copyOf(evidence);
    }

    static UnevaluatedPolicy of(String kind, String name, List<String> evidence) {
        return new UnevaluatedPolicy(kind, name, evidence, Optional.empty());
    }

    /**
     * Returns whether it exists, or could exist because a right was missing to read it. False if it was not captured.
     */
    boolean mayMatter() {
        return !name.isEmpty() || missingRight.isPresent();
    }

    /**
     * Returns a sentence, such as {@code ValidatingAdmissionPolicy "registries" cannot be evaluated here (images must
     * come from …)}.
     */
    @Override
    public String toString() {
        String reason = evidence.isEmpty() ? "" : " (" + String.join("; ", evidence) + ")";
        return (name.isEmpty() ? "any " + kind : kind + " \"" + name + "\"") + " cannot be evaluated here" + reason;
    }
}
