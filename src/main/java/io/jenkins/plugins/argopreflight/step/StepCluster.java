package io.jenkins.plugins.argopreflight.step;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.action.Redacted;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.NamedCluster;
import io.jenkins.plugins.argopreflight.engine.cluster.AccessLimits;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.cluster.NamedGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.argo.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.cluster.argo.ArgoServerAddress;
import io.jenkins.plugins.argopreflight.engine.cluster.fabric8.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.kube.Glob;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The cluster that a step works on.
 *
 * @param gateway the way to it
 * @param namespace of objects for which no one says another
 * @param configuration what was configured of it; empty when the build brought it
 * @param why this one
 * @param argo connects to its Argo Server
 */
public record StepCluster(
        ClusterGateway gateway,
        String namespace,
        Optional<ClusterConfiguration> configuration,
        String why,
        ArgoConnector argo)
        implements AutoCloseable {

    /** Connects to Argo Server; empty when none is configured. */
    @FunctionalInterface
    public interface ArgoConnector {
        /**
         * @throws IOException when its credentials cannot be used
         * @throws KubeconfigException when it must not be asked, or the cluster's login is of no use there
         */
        Optional<ArgoServer> connect() throws IOException;
    }

    /** Whether a connection has the cluster's own credentials; the domain of a build's must cover a further URL. */
    @FunctionalInterface
    interface OwnLogin {
        boolean isOwn(String url) throws IOException;
    }

    /** One that is configured, within the limits of its configuration. */
    static StepCluster of(ClusterConnection connection, NamedCluster cluster, String why, OwnLogin login) {
        StepCluster found = of(connection, Optional.of(cluster.configuration()), why);
        String url = cluster.configuration().getArgoServer();
        return new StepCluster(
                cluster.limits().around(found.gateway),
                found.namespace,
                found.configuration,
                found.why,
                () -> url.isEmpty() ? Optional.empty() : cluster.connectArgoServer(connection, login.isOwn(url)));
    }

    /** The same with another namespace for objects for which no one says another; empty to keep it. */
    StepCluster in(Optional<String> otherNamespace) {
        return otherNamespace
                .map(other -> new StepCluster(gateway, other, configuration, why, argo))
                .orElse(this);
    }

    /** One that the build or the controller's pod brings. */
    static StepCluster of(ClusterConnection connection, String why) {
        return of(connection, Optional.empty(), why);
    }

    private static StepCluster of(
            ClusterConnection connection, Optional<ClusterConfiguration> configuration, String why) {
        Fabric8Gateway gateway = Fabric8Gateway.connect(connection);
        String namespace = configuration
                .map(ClusterConfiguration::getNamespace)
                .filter(name -> !name.isEmpty())
                .orElseGet(gateway::namespace);
        return new StepCluster(gateway, namespace, configuration, why, Optional::empty);
    }

    /**
     * Holds the namespaces that a step names to what an administrator allows; globs select among what is allowed.
     *
     * @throws AbortException with all those that are not allowed
     */
    public void checkNamespaces(Collection<String> namespaces) throws AbortException {
        List<String> refusals = namespaces.stream()
                .filter(name -> !name.isEmpty() && !Glob.isGlob(name))
                .flatMap(name -> gateway.limits().flatMap(limits -> limits.refusal(name)).stream())
                .toList();
        refuse(refusals);
    }

    /** @throws AbortException when the step names another namespace of Argo than the configured one */
    public void checkArgoNamespace(String namespace) throws AbortException {
        if (!namespace.isEmpty()) {
            refuse(gateway.limits().flatMap(limits -> limits.argoRefusal(namespace)).stream()
                    .toList());
        }
    }

    /** @throws AbortException when an administrator allows no writes */
    public void checkWrites() throws AbortException {
        refuse(gateway.limits().flatMap(AccessLimits::writeRefusal).stream().toList());
    }

    private static void refuse(List<String> reasons) throws AbortException {
        if (!reasons.isEmpty()) {
            throw new AbortException(String.join("; ", reasons));
        }
    }

    /** The page of a workflow in Argo's user interface; "" when no Argo Server is configured. */
    public String workflowPage(String inNamespace, String name, String uid) {
        return configuration
                .map(ClusterConfiguration::getArgoServer)
                .filter(url -> !url.isEmpty())
                .map(url -> new ArgoServerAddress("", url, "", false, Optional.empty()).page(inNamespace, name, uid))
                .orElse("");
    }

    /** A text for a build's log: with the name of a configured cluster in place of its address. */
    public String forLog(String text) {
        return configuration.map(found -> naming(found, gateway.server(), text)).orElse(text);
    }

    /** A text with the name of a configured cluster in place of its address. */
    public static String naming(ClusterConfiguration cluster, String server, String text) {
        return Redacted.text(server, Messages.StepCluster_named(cluster.getName()), text);
    }

    /** The way to it for a report: errors of a configured one have its name in place of its address. */
    public ClusterGateway named() {
        return configuration
                .<ClusterGateway>map(found -> new NamedGateway(gateway, Messages.StepCluster_named(found.getName())))
                .orElse(gateway);
    }

    /** The address that pages leave out; "" when the build brought the cluster. */
    public String hiddenServer() {
        return configuration.isPresent() ? gateway.server() : "";
    }

    @Override
    public void close() {
        gateway.close();
    }
}
