package io.jenkins.plugins.argopreflight.step;

import io.jenkins.plugins.argopreflight.action.Redacted;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.fabric8.Fabric8Gateway;
import java.util.Optional;

/**
 * The cluster that a step works on.
 *
 * @param gateway the way to it
 * @param namespace of objects for which nobody says another
 * @param configuration what was configured of it; empty when the build brought it
 * @param why this one
 */
public record StepCluster(
        ClusterGateway gateway, String namespace, Optional<ClusterConfiguration> configuration, String why)
        implements AutoCloseable {

    static StepCluster of(ClusterConnection connection, Optional<ClusterConfiguration> configuration, String why) {
        Fabric8Gateway gateway = Fabric8Gateway.connect(connection);
        String namespace = configuration
                .map(ClusterConfiguration::getNamespace)
                .filter(name -> !name.isEmpty())
                .orElseGet(gateway::namespace);
        return new StepCluster(gateway, namespace, configuration, why);
    }

    /** A text as a build's log may have it: where a configured cluster is, is for those who configure. */
    public String told(String text) {
        return configuration.isPresent() ? Redacted.text(gateway.server(), text) : text;
    }

    @Override
    public void close() {
        gateway.close();
    }
}
