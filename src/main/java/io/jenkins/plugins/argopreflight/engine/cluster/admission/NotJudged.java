package io.jenkins.plugins.argopreflight.engine.cluster.admission;

import java.util.List;

/**
 * Something that may refuse or change the pod and that only the API server can ask.
 *
 * @param kind ValidatingAdmissionPolicy, ValidatingWebhookConfiguration or MutatingWebhookConfiguration
 * @param name of the object; "" when it is not known whether there are any
 * @param evidence what it wants, as far as it says so: a policy's expressions and messages, a webhook's names
 */
public record NotJudged(String kind, String name, List<String> evidence) {

    public NotJudged {
        evidence = List.copyOf(evidence);
    }

    /** Such as {@code ValidatingAdmissionPolicy "registries" cannot be evaluated here (images must come from …)}. */
    @Override
    public String toString() {
        String why = evidence.isEmpty() ? "" : " (" + String.join("; ", evidence) + ")";
        return (name.isEmpty() ? "any " + kind : kind + " \"" + name + "\"") + " cannot be evaluated here" + why;
    }
}
