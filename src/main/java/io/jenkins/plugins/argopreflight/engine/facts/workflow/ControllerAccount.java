package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.List;
import java.util.Optional;

/**
 * The identity of the workflow-controller. Its ServiceAccount is read from the controller's Deployment, else from the
 * information about the installation, else it is the ServiceAccount with a usual name.
 */
public final class ControllerAccount {

    private ControllerAccount() {}

    /**
     * Returns the identity. The usual name of the ServiceAccount is {@code argo} in Argo's manifests, and
     * {@code <release>-workflow-controller} in its Helm chart.
     *
     * @see <a href="https://github.com/argoproj/argo-workflows/tree/v4.0.5/manifests/base/workflow-controller">
     *     manifests</a>
     */
    public static Fact<Identity> of(ControllerFlags flags, String argoNamespace, ClusterReader reader) {
        // The flags have a ServiceAccount if the controller's Deployment, StatefulSet or Pod was read.
        if (!flags.serviceAccount().isEmpty()) {
            return Fact.known(Identity.ofServiceAccount(flags.namespace(), flags.serviceAccount()));
        }
        Optional<String> reported =
                reader.argo().map(ArgoInstallation::serviceAccount).filter(name -> !name.isEmpty());
        if (reported.isPresent()) {
            return Fact.known(Identity.ofServiceAccount(argoNamespace, reported.get()));
        }
        Fact<List<Document>> accounts = reader.list(Resource.SERVICE_ACCOUNTS, argoNamespace, "");
        return accounts.fold(
                found -> byUsualName(found, argoNamespace),
                unknown -> new Fact.Unknown<>(
                        "which ServiceAccount Argo's controller runs as is not known: " + unknown.reason(),
                        unknown.missingRight()));
    }

    /** Returns the identity of the ServiceAccount with a usual name; Unknown if there is none, or more than one. */
    private static Fact<Identity> byUsualName(List<Document> accounts, String argoNamespace) {
        List<String> usualNames = accounts.stream()
                .map(Document::name)
                .filter(name -> name.equals("argo") || name.endsWith("workflow-controller"))
                .toList();
        return usualNames.size() == 1
                ? Fact.known(Identity.ofServiceAccount(argoNamespace, usualNames.get(0)))
                : Fact.unknown("which ServiceAccount Argo's controller runs as is not known: no Deployment of it in"
                        + " namespace " + argoNamespace + " could be read (give --argo-namespace)");
    }
}
