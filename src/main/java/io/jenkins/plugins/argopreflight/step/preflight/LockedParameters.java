package io.jenkins.plugins.argopreflight.step.preflight;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Parameters with which a step would find less than the policy of its folder or of Jenkins looks for. They do not apply
 * where that policy is locked.
 */
final class LockedParameters {

    static final String NEW_ONLY = "newOnly";
    static final String NO_CLUSTER = "noCluster";
    static final String NO_REGISTRY = "noRegistry";
    static final String ARGO_NAMESPACE = "argoNamespace";
    static final String ARGO_VERSION = "argoVersion";
    static final String KUBERNETES_VERSION = "kubernetesVersion";
    static final String POD_SECURITY = "podSecurity";

    /** No level and no version is stricter. */
    private static final Set<String> STRICTEST = Set.of("restricted", "restricted:latest");

    private LockedParameters() {}

    /**
     * Those of a step that do not apply.
     *
     * @param asked the values of the parameters above that the step sets, by name
     * @param hasCluster whether a cluster is configured that the job can use; without one there is nothing to ask, and
     *     what the step says of the cluster is all that is known of it
     */
    static Set<String> of(Map<String, String> asked, boolean hasCluster) {
        Set<String> names = new LinkedHashSet<>(asked.keySet());
        if (asked.containsKey(NO_CLUSTER) && !hasCluster) {
            names.retainAll(Set.of(NEW_ONLY, NO_REGISTRY));
        }
        if (STRICTEST.contains(asked.getOrDefault(POD_SECURITY, ""))) {
            names.remove(POD_SECURITY);
        }
        return names;
    }
}
