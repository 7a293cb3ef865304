package io.jenkins.plugins.argopreflight.engine.facts.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.PodSecurityRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import java.util.Optional;

/** The server's answer to one object; see {@link Admission} for the parts. */
record AdmissionAnswer(
        Fact<Optional<String>> refusal,
        Optional<PodSecurityRefusal> podSecurity,
        Optional<JsonNode> admitted,
        Optional<String> asWritten,
        Optional<String> policy) {

    static AdmissionAnswer of(Fact<Optional<String>> refusal) {
        return new AdmissionAnswer(refusal, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Returns the answer for an object that was accepted.
     *
     * @param spec the pod's spec as the server would store it; empty for other objects
     */
    static AdmissionAnswer admitted(Optional<JsonNode> spec) {
        return new AdmissionAnswer(
                Fact.known(Optional.empty()), Optional.empty(), spec, Optional.empty(), Optional.empty());
    }

    /** Returns this answer for an object that the server refuses as it is written. */
    AdmissionAnswer withRefusalAsWritten(Optional<String> message) {
        return new AdmissionAnswer(refusal, podSecurity, Optional.empty(), message, Optional.empty());
    }

    /** Returns this answer with the policy that could not be evaluated. */
    AdmissionAnswer withPolicy(Optional<String> name) {
        return new AdmissionAnswer(refusal, podSecurity, admitted, asWritten, name);
    }

    /** Returns this answer with the reasons of Pod Security for the refusal. */
    AdmissionAnswer because(Optional<PodSecurityRefusal> reasons) {
        return new AdmissionAnswer(refusal, reasons, admitted, asWritten, policy);
    }
}
