package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ArgoInstallation;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option for the namespace of Argo's controller. */
public final class ArgoNamespace {

    @Option(
            names = "--argo-namespace",
            order = 1,
            paramLabel = "NAMESPACE",
            description = "Where the workflow-controller runs. Default: what a snapshot says, else argo.")
    String namespace;

    /**
     * Returns the namespace of Argo's controller.
     *
     * @param installed the installation that a snapshot describes
     */
    public String of(Optional<ArgoInstallation> installed) {
        return namespace == null
                ? installed
                        .map(ArgoInstallation::namespace)
                        .filter(each -> !each.isEmpty())
                        .orElse("argo")
                : NamespaceName.of("--argo-namespace", namespace);
    }
}
