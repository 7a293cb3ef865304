package io.jenkins.plugins.argopreflight.engine.cluster;

import io.jenkins.plugins.argopreflight.engine.kube.Glob;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an administrator allows on a cluster, whatever names the namespace.
 *
 * @param cluster for messages, such as {@code cluster "prod"}
 * @param allowedNamespaces globs of the namespaces that can be read and written; empty for all
 * @param argoNamespace where Argo's controller runs: there, what checks need of the controller can be read
 * @param allowWrites whether anything can be changed
 */
public record AccessLimits(String cluster, List<String> allowedNamespaces, String argoNamespace, boolean allowWrites) {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    public AccessLimits {
        allowedNamespaces = List.copyOf(allowedNamespaces);
    }

    /** The same cluster within these limits; without any limit, the gateway itself. */
    public ClusterGateway around(ClusterGateway gateway) {
        return allowedNamespaces.isEmpty() && allowWrites ? gateway : new LimitedGateway(gateway, this);
    }

    /** Whether everything in a namespace is allowed; a name that Kubernetes would reject is not. */
    public boolean allows(String namespace) {
        return allowedNamespaces.isEmpty()
                || LABEL.matcher(namespace).matches()
                        && allowedNamespaces.stream().anyMatch(glob -> Glob.matches(glob, namespace));
    }

    /** Why a namespace cannot be used; empty when it can. */
    public Optional<String> refusal(String namespace) {
        return allows(namespace) ? Optional.empty() : Optional.of("namespace " + namespace + " is " + outside());
    }

    /** Why a namespace cannot be read as the one where Argo's controller runs; empty when it can. */
    public Optional<String> argoRefusal(String namespace) {
        return namespace.equals(argoNamespace) ? Optional.empty() : refusal(namespace);
    }

    /** Why nothing can be changed; empty when it can. */
    public Optional<String> writeRefusal() {
        return allowWrites ? Optional.empty() : Optional.of(cluster + " allows no writes (allowWrites)");
    }

    /** The end of a sentence about what is outside of the limits. */
    String outside() {
        return "not in allowedNamespaces of " + cluster;
    }
}
