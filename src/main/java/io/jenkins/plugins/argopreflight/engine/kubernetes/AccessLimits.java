package io.jenkins.plugins.argopreflight.engine.kubernetes;

import io.jenkins.plugins.argopreflight.engine.util.text.Glob;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The limits that an administrator sets on a cluster. They apply to each namespace, whatever its source is.
 *
 * @param cluster for messages, such as {@code cluster "prod"}
 * @param allowedNamespaces globs of the namespaces that can be read and written; empty for all
 * @param argoNamespace the namespace of Argo's controller: the objects of the controller that checks need can be read
 *     there
 * @param allowWrites whether anything can be changed
 */
public record AccessLimits(String cluster, List<String> allowedNamespaces, String argoNamespace, boolean allowWrites) {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    public AccessLimits {
        allowedNamespaces = List.copyOf(allowedNamespaces);
    }

    /** Returns a gateway to the same cluster within these limits, or the gateway itself if there are no limits. */
    public ClusterGateway around(ClusterGateway gateway) {
        return allowedNamespaces.isEmpty() && allowWrites ? gateway : new LimitedGateway(gateway, this);
    }

    /** Returns whether a namespace is allowed. A name that Kubernetes would reject is not allowed. */
    public boolean allows(String namespace) {
        return allowedNamespaces.isEmpty()
                || LABEL.matcher(namespace).matches()
                        && allowedNamespaces.stream().anyMatch(glob -> Glob.matches(glob, namespace));
    }

    /** Returns the reason why a namespace cannot be used; empty if it can. */
    public Optional<String> refusal(String namespace) {
        return allows(namespace) ? Optional.empty() : Optional.of("namespace " + namespace + " is " + outsidePhrase());
    }

    /** Returns the reason why a namespace cannot be read as the one of Argo's controller; empty if it can. */
    public Optional<String> argoRefusal(String namespace) {
        return namespace.equals(argoNamespace) ? Optional.empty() : refusal(namespace);
    }

    /** Returns the reason why nothing can be changed; empty if writes are allowed. */
    public Optional<String> writeRefusal() {
        return allowWrites ? Optional.empty() : Optional.of(cluster + " allows no writes (allowWrites)");
    }

    /** Returns the end of a sentence about an object outside the limits, after "is" or "are". */
    String outsidePhrase() {
        return "not in allowedNamespaces of " + cluster;
    }
}
