package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options for Argo: the namespace, version and configuration of its controller. */
public final class ArgoOptions {

    @ArgGroup(validate = false, exclusive = false)
    ArgoNamespace namespace = new ArgoNamespace();

    @Option(
            names = "--argo-version",
            order = 2,
            paramLabel = "VERSION",
            description = "Argo's version, such as v3.6.4. Default: the tag of the controller's image.")
    String version = "";

    @Option(
            names = "--controller-config",
            order = 3,
            paramLabel = "FILE",
            description = "The controller's ConfigMap, and its Deployment for version and flags, from a file or folder"
                    + " instead of the cluster; can be given again.")
    List<String> config = new ArrayList<>();

    /**
     * Returns the namespace of Argo's controller.
     *
     * @param installed the installation that a snapshot describes
     */
    public String namespace(Optional<ArgoInstallation> installed) {
        return namespace.of(installed);
    }

    /** Returns the version; empty for that of the controller. */
    public Optional<ArgoVersion> version() {
        if (version.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ArgoVersion.parse(version)
                .orElseThrow(() -> new UsageException(
                        "--argo-version " + version + ": no version; give one such as v3.6.4 or 4.0")));
    }

    /** Returns the objects in the files; empty to read them from the cluster. */
    public List<Document> config(Terminal terminal) {
        return ManifestFiles.read("--controller-config", config, terminal, new ManifestReader());
    }
}
