package io.jenkins.plugins.argopreflight.engine.cluster;

import java.util.List;

/**
 * What is given about Argo's controller apart from the objects of the cluster, as {@code snapshot.yaml} does.
 *
 * @param version such as {@code v4.0.5}, "" when it is not reported
 * @param namespace where the controller runs, "" when it is not reported
 * @param serviceAccount the controller's, "" when it is not reported
 * @param managedNamespace the only namespace that it looks at, "" for all
 * @param flags how it was started, such as {@code --namespaced}
 */
public record ArgoInstallation(
        String version, String namespace, String serviceAccount, String managedNamespace, List<String> flags) {

    public ArgoInstallation {
        flags = List.copyOf(flags);
    }
}
