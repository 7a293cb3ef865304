package io.jenkins.plugins.argopreflight.engine.kubernetes;

import java.util.List;

/**
 * The information about Argo's controller that is given apart from the objects of the cluster, as in
 * {@code snapshot.yaml}.
 *
 * @param version such as {@code v4.0.5}, "" if it is not reported
 * @param namespace the namespace of the controller, "" if it is not reported
 * @param serviceAccount the controller's ServiceAccount, "" if it is not reported
 * @param managedNamespace the only namespace whose workflows the controller runs, "" for all
 * @param flags the flags with which it was started, such as {@code --namespaced}
 */
public record ArgoInstallation(
        String version, String namespace, String serviceAccount, String managedNamespace, List<String> flags) {

    public ArgoInstallation {
        flags = List.copyOf(flags);
    }
}
