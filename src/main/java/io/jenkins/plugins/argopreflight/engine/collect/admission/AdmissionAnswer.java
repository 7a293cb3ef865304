package io.jenkins.plugins.argopreflight.engine.collect.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import java.util.Optional;

/** What the server says to one object; see {@link Admission} for the parts. */
record AdmissionAnswer(
        Fact<Optional<String>> refusal,
        Optional<JsonNode> admitted,
        Optional<String> asWritten,
        Optional<String> policy) {

    static AdmissionAnswer of(Fact<Optional<String>> refusal) {
        return new AdmissionAnswer(refusal, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** It was let in. @param spec as the server would store it, where that matters */
    static AdmissionAnswer admitted(Optional<JsonNode> spec) {
        return new AdmissionAnswer(Fact.known(Optional.empty()), spec, Optional.empty(), Optional.empty());
    }

    /** The same where the server refuses the object as it is written. */
    AdmissionAnswer withRefusalAsWritten(Optional<String> words) {
        return new AdmissionAnswer(refusal, Optional.empty(), words, Optional.empty());
    }

    /** The same where a policy that could not be evaluated is why. */
    AdmissionAnswer withPolicy(Optional<String> name) {
        return new AdmissionAnswer(refusal, admitted, asWritten, name);
    }
}
