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
 * @param server the server that answered; the API server, too, if none was asked
 */
record AdmissionAnswer(
        Server server,
        Fact<Optional<AdmissionRefusal>> refusal,
        Optional<JsonNode> admitted,
        Optional<AdmissionRefusal> asWritten,
        Optional<String> policy) {

    /** A server that answers a dry run. */
    enum Server {
        API_SERVER,

        /** Another server, such as a proxy, that refuses the request: whether the API server accepts it is unknown. */
        OTHER,

        /** A snapshot, which evaluates pods only. */
        SNAPSHOT;

        private static Server of(ClusterException error, Fact<Optional<AdmissionRefusal>> refusal) {
            if (error.kind() == Kind.NOT_CAPTURED) {
                return SNAPSHOT;
            }
            return error.refusal().isEmpty() && isVerdict(error.kind()) && refusal.isUnknown() ? OTHER : API_SERVER;
        }
    }

    private AdmissionAnswer(Server server, Fact<Optional<AdmissionRefusal>> refusal, Optional<JsonNode> admitted) {
        this(server, refusal, admitted, Optional.empty(), Optional.empty());
    }

    static AdmissionAnswer of(Fact<Optional<AdmissionRefusal>> refusal) {
        return new AdmissionAnswer(Server.API_SERVER, refusal, Optional.empty());
    }

    /**
     * Returns the answer that is an error.
     *
     * @param refusal the meaning of the error
     */
    static AdmissionAnswer of(ClusterException error, Fact<Optional<AdmissionRefusal>> refusal) {
        return new AdmissionAnswer(Server.of(error, refusal), refusal, Optional.empty());
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
        return new AdmissionAnswer(Server.API_SERVER, Fact.known(Optional.empty()), spec);
    }

    /** Returns this answer for an object that the server refuses as it is written. */
    AdmissionAnswer withRefusalAsWritten(AdmissionRefusal asWritten) {
        return new AdmissionAnswer(server, refusal, Optional.empty(), Optional.of(asWritten), Optional.empty());
    }

    /** Returns this answer with the policy that could not be evaluated. */
    AdmissionAnswer withPolicy(Optional<String> name) {
        return new AdmissionAnswer(server, refusal, admitted, asWritten, name);
    }

    /** Returns whether the API server could not try the object. */
    boolean isUntried() {
        return refusal.isUnknown() && server != Server.OTHER;
    }

    /** Returns whether a snapshot has no answer, since it evaluates pods only. */
    boolean isOfSnapshot() {
        return server == Server.SNAPSHOT;
    }
}
