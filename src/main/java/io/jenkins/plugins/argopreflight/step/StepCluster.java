package io.jenkins.plugins.argopreflight.step;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.action.Redacted;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.NamedCluster;
import io.jenkins.plugins.argopreflight.config.NamedCluster.ArgoServerLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.AccessLimits;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.NamedGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServerAddress;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.util.text.Glob;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The cluster that a step works on.
 *
 * @param gateway the connection to the cluster
 * @param namespace the namespace of objects without one
 * @param configuration the configuration of the cluster; empty if the build provides the cluster
 * @param why the reason for this cluster, for the log
 * @param argo connects to the cluster's Argo Server
 */
public record StepCluster(
        ClusterGateway gateway,
        String namespace,
        Optional<ClusterConfiguration> configuration,
        String why,
        ArgoConnector argo)
        implements AutoCloseable {

    /** The connection to Argo Server; empty if none is configured. */
    @FunctionalInterface
    public interface ArgoConnector {
        /**
         * Connects to Argo Server.
         *
         * @throws IOException if the credentials for Argo Server cannot be used
         * @throws KubeconfigException if the address of Argo Server is not allowed, or if the cluster's login cannot be
         *     used for it
         */
        Optional<ArgoServer> connect() throws IOException;
    }

    /** The choice of the credentials for Argo Server. */
    @FunctionalInterface
    interface LoginChoice {
        /**
         * Returns the credentials for the Argo Server at a URL.
         *
         * @throws IOException if the domain of the build's credentials does not cover the URL
         */
        ArgoServerLogin of(String url) throws IOException;
    }

    /** Returns a configured cluster, within the limits of its configuration. */
    static StepCluster of(ClusterConnection connection, NamedCluster cluster, String why, LoginChoice login) {
        StepCluster found = of(connection, Optional.of(cluster.configuration()), why);
        String url = cluster.configuration().getArgoServer();
        return new StepCluster(
                cluster.limits().around(found.gateway),
                found.namespace,
                found.configuration,
                found.why,
                () -> url.isEmpty() ? Optional.empty() : cluster.connectArgoServer(connection, login.of(url)));
    }

    /** Returns the cluster with another namespace for objects without one; empty to keep the namespace. */
    StepCluster withNamespace(Optional<String> otherNamespace) {
        return otherNamespace
                .map(other -> new StepCluster(gateway, other, configuration, why, argo))
                .orElse(this);
    }

    /** Returns a cluster that the build or the controller's pod provides. */
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
     * Checks that an administrator allows the namespaces. Globs are not checked, since they select only among allowed
     * namespaces.
     *
     * @throws AbortException with all namespaces that are not allowed
     */
    public void checkNamespaces(Collection<String> namespaces) throws AbortException {
        List<String> refusals = namespaces.stream()
                .filter(name -> !name.isEmpty() && !Glob.isGlob(name))
                .flatMap(name -> gateway.limits().flatMap(limits -> limits.refusal(name)).stream())
                .toList();
        refuse(refusals);
    }

    /**
     * Checks the namespace of Argo.
     *
     * @throws AbortException if it differs from the configured one
     */
    public void checkArgoNamespace(String namespace) throws AbortException {
        if (!namespace.isEmpty()) {
            refuse(gateway.limits().flatMap(limits -> limits.argoRefusal(namespace)).stream()
                    .toList());
        }
    }

    /**
     * Checks that writes are allowed.
     *
     * @throws AbortException if an administrator allows no writes
     */
    public void checkWrites() throws AbortException {
        refuse(gateway.limits().flatMap(AccessLimits::writeRefusal).stream().toList());
    }

    private static void refuse(List<String> reasons) throws AbortException {
        if (!reasons.isEmpty()) {
            throw new AbortException(String.join("; ", reasons));
        }
    }

    /** Returns the page of a workflow in Argo's user interface; "" if no Argo Server is configured. */
    public String workflowPage(String inNamespace, String name, String uid) {
        return configuration
                .map(ClusterConfiguration::getArgoServer)
                .filter(url -> !url.isEmpty())
                .map(url -> ArgoServerAddress.page(url, inNamespace, name, uid))
                .orElse("");
    }

    /** Returns a text for a build's log, with the name of a configured cluster in place of its address. */
    public String forLog(String text) {
        return configuration.map(found -> naming(found, gateway.server(), text)).orElse(text);
    }

    /** Returns a text with the name of a configured cluster in place of its address. */
    public static String naming(ClusterConfiguration cluster, String server, String text) {
        return Redacted.text(server, Messages.StepCluster_named(cluster.getName()), text);
    }

    /** Returns the gateway for a report: errors of a configured cluster contain its name instead of its address. */
    public ClusterGateway named() {
        return configuration
                .<ClusterGateway>map(found -> new NamedGateway(gateway, Messages.StepCluster_named(found.getName())))
                .orElse(gateway);
    }

    /** Returns the address that pages must not show; "" if the build provides the cluster. */
    public String hiddenServer() {
        return configuration.isPresent() ? gateway.server() : "";
    }

    @Override
    public void close() {
        gateway.close();
    }
}
