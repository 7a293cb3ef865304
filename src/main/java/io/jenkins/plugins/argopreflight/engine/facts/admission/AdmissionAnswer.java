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
 * @param source the origin of the answer
 */
record AdmissionAnswer(
        Source source,
        Fact<Optional<AdmissionRefusal>> refusal,
        Optional<JsonNode> admitted,
        Optional<AdmissionRefusal> asWritten,
        Optional<String> policy) {

    /** The origin of an answer, or of its absence. */
    enum Source {
        /** The API server, the rules of this project in its place, or nothing if it could not be asked. */
        API_SERVER,

        /**
         * A server that is not the API server, such as a proxy. It refused the request, so the decision of the API
         * server is unknown.
         */
        OTHER_SERVER,

        /** A snapshot that cannot answer, since it has no API server. */
        SNAPSHOT_WITHOUT_ANSWER;

        private static Source of(ClusterException error, Fact<Optional<AdmissionRefusal>> refusal) {
            if (error.kind() == Kind.NOT_CAPTURED) {
                return SNAPSHOT_WITHOUT_ANSWER;
            }
            return error.refusal().isEmpty() && isVerdict(error.kind()) && refusal.isUnknown()
                    ? OTHER_SERVER
                    : API_SERVER;
        }
    }

    private AdmissionAnswer(Source source, Fact<Optional<AdmissionRefusal>> refusal, Optional<JsonNode> admitted) {
        this(source, refusal, admitted, Optional.empty(), Optional.empty());
    }

    static AdmissionAnswer of(Fact<Optional<AdmissionRefusal>> refusal) {
        return new AdmissionAnswer(Source.API_SERVER, refusal, Optional.empty());
    }

    /**
     * Returns the answer that is an error.
     *
     * @param refusal the meaning of the error
     */
    static AdmissionAnswer of(ClusterException error, Fact<Optional<AdmissionRefusal>> refusal) {
        return new AdmissionAnswer(Source.of(error, refusal), refusal, Optional.empty());
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
        return new AdmissionAnswer(Source.API_SERVER, Fact.known(Optional.empty()), spec);
    }

    /** Returns this answer for an object that the server refuses as it is written. */
    AdmissionAnswer withRefusalAsWritten(AdmissionRefusal asWritten) {
        return new AdmissionAnswer(source, refusal, Optional.empty(), Optional.of(asWritten), Optional.empty());
    }

    /** Returns this answer with the policy that could not be evaluated. */
    AdmissionAnswer withPolicy(Optional<String> name) {
        return new AdmissionAnswer(source, refusal, admitted, asWritten, name);
    }

    /** Returns whether the API server could not try the object. */
    boolean isUntried() {
        return refusal.isUnknown() && source != Source.OTHER_SERVER;
    }

    /** Returns whether a snapshot cannot answer, since it has no API server. */
    boolean isMissingInSnapshot() {
        return source == Source.SNAPSHOT_WITHOUT_ANSWER;
    }
}
