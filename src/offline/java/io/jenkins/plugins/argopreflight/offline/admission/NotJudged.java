package io.jenkins.plugins.argopreflight.offline.admission;

import io.jenkins.plugins.argopreflight.engine.kube.Right;
import java.util.List;
import java.util.Optional;

/**
 * Something that can refuse or change the pod and that only the API server can ask.
 *
 * @param kind ValidatingAdmissionPolicy, ValidatingWebhookConfiguration or MutatingWebhookConfiguration
 * @param name of the object; "" when it is not known whether there are any
 * @param evidence what it wants, as far as it says so: a policy's expressions and messages, a webhook's names
 * @param missingRight the right that was missing to see whether there are any
 */
public record NotJudged(String kind, String name, List<String> evidence, Optional<Right> missingRight) {

    public NotJudged {
        evidence = List.copyOf(evidence);
    }

    static NotJudged of(String kind, String name, List<String> evidence) {
        return new NotJudged(kind, name, evidence, Optional.empty());
    }

    /** Whether it is there, or we were kept from looking; not when no one looked. */
    boolean mayMatter() {
        return !name.isEmpty() || missingRight.isPresent();
    }

    /** Such as {@code ValidatingAdmissionPolicy "registries" cannot be evaluated here (images must come from …)}. */
    @Override
    public String toString() {
        String why = evidence.isEmpty() ? "" : " (" + String.join("; ", evidence) + ")";
        return (name.isEmpty() ? "any " + kind : kind + " \"" + name + "\"") + " cannot be evaluated here" + why;
    }
}
