package io.jenkins.plugins.argopreflight.engine.workflow.pod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.VersionRules;

/** The locked-down contexts of Argo's own containers; source: argo-workflows workflow/common/security_context.go. */
final class SecurityContexts {

    private static final int USER = 8737;

    private SecurityContexts() {}

    /** Of a resource template's containers, when the executor setting has none. */
    static ObjectNode resource(VersionRules rules, boolean argoContainer) {
        ObjectNode context = base();
        if (rules.minimalContext()) {
            context.put("privileged", false).putObject("seccompProfile").put("type", "RuntimeDefault");
        }
        if (!argoContainer) {
            context.put("readOnlyRootFilesystem", true);
        }
        return context;
    }

    /** Of the agent's containers. */
    static ObjectNode agent(VersionRules rules) {
        ObjectNode context = base().put("readOnlyRootFilesystem", true);
        if (rules.minimalContext()) {
            context.put("privileged", false).putObject("seccompProfile").put("type", "RuntimeDefault");
        }
        return context;
    }

    /** Of the artifact GC container. */
    static ObjectNode artifactGc(VersionRules rules) {
        ObjectNode context = base().put("readOnlyRootFilesystem", true).put("privileged", false);
        if (rules.minimalContext()) {
            context.putObject("seccompProfile").put("type", "RuntimeDefault");
        }
        return context;
    }

    /** Of the agent's pod, and from 3.6 of the artifact GC pod. */
    static ObjectNode pod(VersionRules rules) {
        ObjectNode context = Json.object().put("runAsNonRoot", true).put("runAsUser", USER);
        if (rules.minimalContext()) {
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
