package io.jenkins.plugins.argopreflight.engine.collect.workflow;

import io.jenkins.plugins.argopreflight.engine.cluster.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ControllerFlags;
import java.util.List;
import java.util.Optional;

/** Whom the workflow-controller runs as: its Deployment says it, else a ServiceAccount of the usual name. */
public final class ControllerAccount {

    private ControllerAccount() {}

    /**
     * Upstream's manifests name it {@code argo}; Helm's chart {@code <release>-workflow-controller}.
     *
     * @see <a href="https://github.com/argoproj/argo-workflows/tree/v4.0.5/manifests/base/workflow-controller">
     *     manifests</a>
     */
    public static Fact<Identity> of(ControllerFlags flags, String argoNamespace, ClusterReader reader) {
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
                found -> usual(found, argoNamespace),
                unknown -> new Fact.Unknown<>(
                        "which ServiceAccount Argo's controller runs as is not known: " + unknown.reason(),
                        unknown.missingRight()));
    }

    private static Fact<Identity> usual(List<Document> accounts, String argoNamespace) {
        List<String> usual = accounts.stream()
                .map(Document::name)
                .filter(name -> name.equals("argo") || name.endsWith("workflow-controller"))
                .toList();
        return usual.size() == 1
                ? Fact.known(Identity.ofServiceAccount(argoNamespace, usual.get(0)))
                : Fact.unknown("which ServiceAccount Argo's controller runs as is not known: no Deployment of it in"
                        + " namespace " + argoNamespace + " could be read (give --argo-namespace)");
    }
}
