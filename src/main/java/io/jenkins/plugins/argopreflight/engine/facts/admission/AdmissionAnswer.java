package io.jenkins.plugins.argopreflight.engine.facts.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import java.util.Optional;

/** The server's answer to one object; see {@link Admission} for the parts. */
record AdmissionAnswer(
        Fact<Optional<AdmissionRefusal>> refusal,
        Optional<JsonNode> admitted,
        Optional<AdmissionRefusal> asWritten,
        Optional<String> policy) {

    static AdmissionAnswer of(Fact<Optional<AdmissionRefusal>> refusal) {
        return new AdmissionAnswer(refusal, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Returns the answer for an object that was accepted.
     *
     * @param spec the pod's spec as the server would store it; empty for other objects
     */
    static AdmissionAnswer admitted(Optional<JsonNode> spec) {
        return new AdmissionAnswer(Fact.known(Optional.empty()), spec, Optional.empty(), Optional.empty());
    }

    /** Returns this answer for an object that the server refuses as it is written. */
    AdmissionAnswer withRefusalAsWritten(AdmissionRefusal asWritten) {
        return new AdmissionAnswer(refusal, Optional.empty(), Optional.of(asWritten), Optional.empty());
    }

    /** Returns this answer with the policy that could not be evaluated. */
    AdmissionAnswer withPolicy(Optional<String> name) {
        return new AdmissionAnswer(refusal, admitted, asWritten, name);
    }
}
