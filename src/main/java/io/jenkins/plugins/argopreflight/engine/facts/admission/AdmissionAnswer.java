package io.jenkins.plugins.argopreflight.engine.facts.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import java.util.Optional;

/**
 * The server's answer to one object; see {@link Admission} for the other parts.
 *
 * @param isOfOtherServer whether another server, such as a proxy, refuses the request, so that the refusal is unknown
 */
record AdmissionAnswer(
        Fact<Optional<AdmissionRefusal>> refusal,
        Optional<JsonNode> admitted,
        Optional<AdmissionRefusal> asWritten,
        Optional<String> policy,
        boolean isOfOtherServer) {

    private AdmissionAnswer(
            Fact<Optional<AdmissionRefusal>> refusal,
            Optional<JsonNode> admitted,
            Optional<AdmissionRefusal> asWritten,
            Optional<String> policy) {
        this(refusal, admitted, asWritten, policy, false);
    }

    static AdmissionAnswer of(Fact<Optional<AdmissionRefusal>> refusal) {
        return new AdmissionAnswer(refusal, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Returns the answer that is an error.
     *
     * @param refusal the meaning of the error
     */
    static AdmissionAnswer of(ClusterException error, Fact<Optional<AdmissionRefusal>> refusal) {
        boolean isOfOtherServer = error.refusal().isEmpty() && isVerdict(error.kind()) && refusal.isUnknown();
        return new AdmissionAnswer(refusal, Optional.empty(), Optional.empty(), Optional.empty(), isOfOtherServer);
    }

    /** Returns whether an error of an API server is a verdict on the object. */
    static boolean isVerdict(Kind kind) {
        return kind == Kind.FORBIDDEN || kind == Kind.INVALID || kind == Kind.NOT_FOUND;
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
        return new AdmissionAnswer(refusal, admitted, asWritten, name, isOfOtherServer);
    }

    /** Returns whether the API server could not try the object. */
    boolean isUntried() {
        return refusal.isUnknown() && !isOfOtherServer;
    }
}
