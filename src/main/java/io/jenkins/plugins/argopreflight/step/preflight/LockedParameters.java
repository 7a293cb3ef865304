package io.jenkins.plugins.argopreflight.step.preflight;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The parameters with which a step could find fewer problems than the policy of its folder or of Jenkins requires. They
 * do not apply if that policy is locked.
 */
final class LockedParameters {

    static final String NEW_ONLY = "newOnly";
    static final String NO_CLUSTER = "noCluster";
    static final String NO_REGISTRY = "noRegistry";
    static final String ARGO_NAMESPACE = "argoNamespace";
    static final String ARGO_VERSION = "argoVersion";
    static final String KUBERNETES_VERSION = "kubernetesVersion";
    static final String POD_SECURITY = "podSecurity";

    /** The strictest levels of Pod Security; these are always allowed. */
    private static final Set<String> STRICTEST = Set.of("restricted", "restricted:latest");

    private LockedParameters() {}

    /**
     * Returns the parameters of a step that do not apply.
     *
     * @param requested the values of the parameters above that the step sets, by name
     * @param hasCluster whether a cluster is configured that the job can use. Without one, the parameters about the
     *     cluster are the only information about it
     */
    static Set<String> of(Map<String, String> requested, boolean hasCluster) {
        Set<String> names = new LinkedHashSet<>(requested.keySet());
        if (requested.containsKey(NO_CLUSTER) && !hasCluster) {
            names.retainAll(Set.of(NEW_ONLY, NO_REGISTRY));
        }
        if (STRICTEST.contains(requested.getOrDefault(POD_SECURITY, ""))) {
            names.remove(POD_SECURITY);
        }
        return names;
    }
}
