package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;

/**
 * The restricted security contexts of Argo's own containers; source: argo-workflows
 * workflow/common/security_context.go.
 */
final class SecurityContexts {

    /** The user of Argo's own images. */
    private static final int USER_ID = 8737;

    private SecurityContexts() {}

    /** Returns the context that a resource template's containers have if the setting {@code executor} has none. */
    static ObjectNode resource(ArgoVersion version, boolean isArgoContainer) {
        ObjectNode context = base();
        if (version.has(Behaviour.MINIMAL_CONTEXT)) {
            context.put("privileged", false).putObject("seccompProfile").put("type", "RuntimeDefault");
        }
        if (!isArgoContainer) {
            context.put("readOnlyRootFilesystem", true);
        }
        return context;
    }

    /** Returns the context of the agent's containers. */
    static ObjectNode agent(ArgoVersion version) {
        ObjectNode context = base().put("readOnlyRootFilesystem", true);
        if (version.has(Behaviour.MINIMAL_CONTEXT)) {
            context.put("privileged", false).putObject("seccompProfile").put("type", "RuntimeDefault");
        }
        return context;
    }

    /** Returns the context of the artifact GC container. */
    static ObjectNode artifactGc(ArgoVersion version) {
        ObjectNode context = base().put("readOnlyRootFilesystem", true).put("privileged", false);
        if (version.has(Behaviour.MINIMAL_CONTEXT)) {
            context.putObject("seccompProfile").put("type", "RuntimeDefault");
        }
        return context;
    }

    /** Returns the context of the agent's pod, and from 3.6 of the artifact GC pod. */
    static ObjectNode pod(ArgoVersion version) {
        ObjectNode context = Json.object().put("runAsNonRoot", true).put("runAsUser", USER_ID);
        if (version.has(Behaviour.MINIMAL_CONTEXT)) {
            context.putObject("seccompProfile").put("type", "RuntimeDefault");
        }
        return context;
    }

    private static ObjectNode base() {
        ObjectNode context = Json.object();
        context.putObject("capabilities").putArray("drop").add("ALL");
        return context.put("runAsNonRoot", true).put("runAsUser", USER_ID).put("allowPrivilegeEscalation", false);
    }
}
