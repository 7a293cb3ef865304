package io.jenkins.plugins.argopreflight.engine.workflow.pod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;

/** The locked-down contexts of Argo's own containers; source: argo-workflows workflow/common/security_context.go. */
final class SecurityContexts {

    private static final int USER = 8737;

    private SecurityContexts() {}

    /** Of a resource template's containers, when the executor setting has none. */
    static ObjectNode resource(ArgoVersion version, boolean argoContainer) {
        ObjectNode context = base();
        if (version.has(Behaviour.MINIMAL_CONTEXT)) {
            context.put("privileged", false).putObject("seccompProfile").put("type", "RuntimeDefault");
        }
        if (!argoContainer) {
            context.put("readOnlyRootFilesystem", true);
        }
        return context;
    }

    /** Of the agent's containers. */
    static ObjectNode agent(ArgoVersion version) {
        ObjectNode context = base().put("readOnlyRootFilesystem", true);
        if (version.has(Behaviour.MINIMAL_CONTEXT)) {
            context.put("privileged", false).putObject("seccompProfile").put("type", "RuntimeDefault");
        }
        return context;
    }

    /** Of the artifact GC container. */
    static ObjectNode artifactGc(ArgoVersion version) {
        ObjectNode context = base().put("readOnlyRootFilesystem", true).put("privileged", false);
        if (version.has(Behaviour.MINIMAL_CONTEXT)) {
            context.putObject("seccompProfile").put("type", "RuntimeDefault");
        }
        return context;
    }

    /** Of the agent's pod, and from 3.6 of the artifact GC pod. */
    static ObjectNode pod(ArgoVersion version) {
        ObjectNode context = Json.object().put("runAsNonRoot", true).put("runAsUser", USER);
        if (version.has(Behaviour.MINIMAL_CONTEXT)) {
            context.putObject("seccompProfile").put("type", "RuntimeDefault");
        }
        return context;
    }

    private static ObjectNode base() {
        ObjectNode context = Json.object();
        context.putObject("capabilities").putArray("drop").add("ALL");
        return context.put("runAsNonRoot", true).put("runAsUser", USER).put("allowPrivilegeEscalation", false);
    }
}
