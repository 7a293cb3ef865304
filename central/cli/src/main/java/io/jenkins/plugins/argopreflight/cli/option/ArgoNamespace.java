package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.engine.cluster.ArgoInstallation;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where Argo's controller runs. */
public final class ArgoNamespace {

    @Option(
            names = "--argo-namespace",
            order = 1,
            paramLabel = "NAMESPACE",
            description = "Where the workflow-controller runs. Default: what a snapshot says, else argo.")
    String namespace;

    /** @param installed what the cluster itself says of its controller */
    public String of(Optional<ArgoInstallation> installed) {
        return namespace == null
                ? installed
                        .map(ArgoInstallation::namespace)
                        .filter(each -> !each.isEmpty())
                        .orElse("argo")
                : NamespaceName.of("--argo-namespace", namespace);
    }
}
