package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import io.jenkins.plugins.argopreflight.engine.model.object.ObjectNames;

/**
 * The kinds of names of resources in requests, limits and quotas.
 *
 * @see <a href="https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/v1/helper/helpers.go">the rules of
 *     Kubernetes</a>
 */
final class ResourceNames {

    private ResourceNames() {}

    /** Returns whether a resource is one of Kubernetes itself, such as {@code cpu}. */
    static boolean isNative(String name) {
        return !name.contains("/") || name.contains("kubernetes.io/");
    }

    /**
     * Returns whether a container can request a resource that is not one of Kubernetes itself, such as {@code
     * nvidia.com/gpu}. The name with {@code requests.} before it, by which quotas limit the resource, must be valid.
     */
    static boolean isExtended(String name) {
        return !isNative(name)
                && !name.startsWith("requests.")
                && ObjectNames.qualified("requests." + name).isEmpty();
    }

    static boolean isHugePage(String name) {
        return name.startsWith("hugepages-");
    }
}
