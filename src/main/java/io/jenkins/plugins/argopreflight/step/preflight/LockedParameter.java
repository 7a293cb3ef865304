package io.jenkins.plugins.argopreflight.step.preflight;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The parameters with which a step could find fewer problems than the policy of its folder or of Jenkins requires. They
 * do not apply if that policy is locked.
 */
enum LockedParameter {
    NO_CLUSTER("noCluster", config -> config.noCluster, config -> config.noCluster = false),
    NO_REGISTRY("noRegistry", config -> config.noRegistry, config -> config.noRegistry = false),
    ARGO_NAMESPACE("argoNamespace", config -> !config.argoNamespace.isEmpty(), config -> config.argoNamespace = ""),
    ARGO_VERSION("argoVersion", config -> !config.argoVersion.isEmpty(), config -> config.argoVersion = ""),
    KUBERNETES_VERSION(
            "kubernetesVersion",
            config -> !config.kubernetesVersion.isEmpty(),
            config -> config.kubernetesVersion = ""),
    POD_SECURITY("podSecurity", config -> isWeaker(config.podSecurity), config -> config.podSecurity = "");

    private final String parameter;
    private final Predicate<PreflightConfig> isSet;
    private final Consumer<PreflightConfig> clearing;

    LockedParameter(String parameter, Predicate<PreflightConfig> isSet, Consumer<PreflightConfig> clearing) {
        this.parameter = parameter;
        this.isSet = isSet;
        this.clearing = clearing;
    }

    /** Returns whether a Pod Security level is set that is weaker than restricted. A lock allows restricted. */
    private static boolean isWeaker(String level) {
        return !Set.of("", "restricted", "restricted:latest").contains(level);
    }

    /**
     * Returns the parameters that a step sets and that a lock refuses.
     *
     * @param hasCluster whether a cluster is configured that the job can use. If there is none and the step sets
     *     noCluster, only the parameters describe the cluster, so all but noRegistry are allowed
     */
    static List<LockedParameter> in(PreflightConfig config, boolean hasCluster) {
        boolean describesCluster = config.noCluster && !hasCluster;
        return Stream.of(values())
                .filter(each -> each.isSet.test(config))
                .filter(each -> each == NO_REGISTRY || !describesCluster)
                .toList();
    }

    /** Returns the configuration without some of its parameters. */
    static PreflightConfig remove(List<LockedParameter> parameters, PreflightConfig config) {
        return config.with(copy -> parameters.forEach(each -> each.clearing.accept(copy)));
    }

    /** Returns the name of the parameter. */
    @Override
    public String toString() {
        return parameter;
    }
}
