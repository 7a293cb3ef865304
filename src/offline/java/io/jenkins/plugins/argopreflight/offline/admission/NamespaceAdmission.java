package io.jenkins.plugins.argopreflight.offline.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import java.util.Optional;

/** The check of a pod's namespace: it must exist and not be terminating. */
final class NamespaceAdmission {

    private NamespaceAdmission() {}

    static Optional<String> violations(String namespace, JsonNode pod, Optional<ObjectNode> found) {
        if (found.isEmpty()) {
            return Optional.of("namespaces \"" + namespace + "\" not found");
        }
        return Objects.isTerminating(found.get())
                ? Optional.of(Steps.forbidden(
                        pod,
                        "unable to create new content in namespace " + namespace + " because it is being terminated"))
                : Optional.empty();
    }
}
