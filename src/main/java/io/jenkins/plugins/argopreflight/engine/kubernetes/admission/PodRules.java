package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.LevelVersion;
import io.jenkins.plugins.argopreflight.engine.model.object.KubernetesVersion;
import java.util.Optional;

/** The rules that every API server applies to a pod, whatever objects its cluster has. */
public final class PodRules {

    private PodRules() {}

    /**
     * Returns the refusal of an invalid pod, with the server's message; empty if no rule refuses it.
     *
     * @param given metadata and spec; fields with a tag, {@code {{…}}}, are not checked; if the resources contain
     *     one, nothing of the pod is checked
     * @param kubernetes the version whose rules apply, such as {@code v1.34.4}; the newest if it does not parse
     */
    public static Optional<AdmissionRefusal> violation(ObjectNode given, String kubernetes) {
        if (OpenValues.resources(given).isPresent()) {
            return Optional.empty();
        }
        int minor = minor(kubernetes);
        return Decoding.refusal(given).or(() -> {
            ObjectNode pod = given.deepCopy();
            PodDefaults.requests(pod, minor);
            PodDefaults.requestsAfterAdmission(pod, minor);
            PodDefaults.hostPorts(pod);
            return PodValidation.refusal(pod, minor);
        });
    }

    /**
     * Returns the N of a version 1.N.
     *
     * @param kubernetes such as {@code v1.34.4}; the newest rules, {@link LevelVersion#LATEST}, if it does not parse
     */
    public static int minor(String kubernetes) {
        return KubernetesVersion.minor(kubernetes).orElse(LevelVersion.LATEST);
    }
}
