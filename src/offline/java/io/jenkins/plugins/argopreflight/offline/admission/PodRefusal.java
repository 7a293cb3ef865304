package io.jenkins.plugins.argopreflight.offline.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.PodSecurityRefusal;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;

/** The refusal of a pod, and the kind of the error that an API server answers then. */
record PodRefusal(Kind kind, AdmissionRefusal refusal) {

    static PodRefusal namespaceNotFound(String namespace) {
        return new PodRefusal(Kind.NOT_FOUND, AdmissionRefusal.of("namespaces \"" + namespace + "\" not found"));
    }

    static PodRefusal invalid(AdmissionRefusal refusal) {
        return new PodRefusal(Kind.INVALID, refusal);
    }

    static PodRefusal forbidden(JsonNode pod, String reason) {
        return new PodRefusal(Kind.FORBIDDEN, AdmissionRefusal.of(message(pod, reason)));
    }

    static PodRefusal forbidden(JsonNode pod, PodSecurityRefusal reason) {
        return new PodRefusal(Kind.FORBIDDEN, AdmissionRefusal.of(message(pod, reason.message()), reason));
    }

    private static String message(JsonNode pod, String reason) {
        return "pods \"" + KubeObjects.name(pod) + "\" is forbidden: " + reason;
    }

    ClusterException exception() {
        return kind == Kind.NOT_FOUND
                ? ClusterException.ofUnknownNamespace(refusal)
                : ClusterException.refused(kind, refusal);
    }
}
