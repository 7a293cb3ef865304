package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.cli.option.SourceOptions.Source;
import io.jenkins.plugins.argopreflight.engine.cluster.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which cluster, if any: without one, what only it could say is not known. */
public final class OptionalClusterOptions {

    private static final String NO_NAMESPACE = "default";

    @Option(
            names = "--no-cluster",
            order = 4,
            description = "Ask no cluster, even when there is a kubeconfig: only the files count.")
    boolean noCluster;

    @ArgGroup(validate = false, exclusive = false)
    SourceOptions source = new SourceOptions();

    /**
     * A gateway, or the reason why there is none.
     *
     * @param namespace the context's
     */
    public record Chosen(Fact<ClusterGateway> gateway, String namespace) implements AutoCloseable {

        /** What the cluster itself describes Argo's controller. */
        public Optional<ArgoInstallation> argo() {
            return gateway.ifKnown().flatMap(ClusterGateway::argo);
        }

        @Override
        public void close() {
            gateway.ifKnown().ifPresent(ClusterGateway::close);
        }
    }

    public boolean isAsked() {
        return !noCluster;
    }

    /** The folder that stands for the cluster. */
    public Optional<Path> snapshot() {
        return source.snapshot();
    }

    /**
     * Asks nothing yet.
     *
     * @throws KubeconfigException when a cluster was named, and cannot be had
     * @throws SnapshotException when the snapshot cannot be read
     */
    public Chosen choose(RunOptions run, Terminal terminal) {
        return choose(run, terminal, "", Optional.empty());
    }

    /**
     * Asks nothing yet.
     *
     * @param podSecurity by what pods of a snapshot are judged, {@code LEVEL} or {@code LEVEL:VERSION}; "" by the labels
     *     of their namespace
     * @param kubernetes by whose version's rules pods of a snapshot are judged; empty for the snapshot's
     * @throws KubeconfigException when a cluster was named, and cannot be had
     * @throws SnapshotException when the snapshot cannot be read
     */
    public Chosen choose(RunOptions run, Terminal terminal, String podSecurity, Optional<String> kubernetes) {
        if (noCluster && source.given()) {
            throw new UsageException("--no-cluster: leave out --kubeconfig, --context, --as and --cluster");
        }
        if (noCluster) {
            return new Chosen(Fact.unknown("no cluster was asked (--no-cluster)"), NO_NAMESPACE);
        }
        try {
            Source opened = source.open(run, terminal, podSecurity, kubernetes);
            return new Chosen(Fact.known(opened.gateway()), opened.namespace());
        } catch (KubeconfigException e) {
            if (source.given()) {
                throw e;
            }
            return new Chosen(Fact.unknown(e.getMessage()), NO_NAMESPACE);
        }
    }
}
