package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.cli.option.SourceOptions.Source;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options for a cluster or none. Without a cluster, facts that only a cluster has are unknown. */
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
     * @param namespace the context's namespace
     */
    public record Chosen(Fact<ClusterGateway> gateway, String namespace) implements AutoCloseable {

        /** Returns the installation of Argo that a snapshot describes. */
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

    /** Returns the folder of the snapshot. */
    public Optional<Path> snapshot() {
        return source.snapshot();
    }

    /**
     * Opens the gateway, without a request.
     *
     * @throws KubeconfigException if a cluster is given and cannot be used
     * @throws SnapshotException if the snapshot cannot be read
     */
    public Chosen choose(RunOptions run, Terminal terminal) {
        return choose(run, terminal, "", Optional.empty());
    }

    /**
     * Opens the gateway, without a request.
     *
     * @param podSecurity the Pod Security level for pods of a snapshot, {@code LEVEL} or {@code LEVEL:VERSION}; "" for
     *     the labels of their namespace
     * @param kubernetes the version whose rules apply to pods of a snapshot; empty for that of the snapshot
     * @throws KubeconfigException if a cluster is given and cannot be used
     * @throws SnapshotException if the snapshot cannot be read
     */
    public Chosen choose(RunOptions run, Terminal terminal, String podSecurity, Optional<String> kubernetes) {
        if (noCluster && source.isGiven()) {
            throw new UsageException("--no-cluster: leave out --kubeconfig, --context, --as and --cluster");
        }
        if (noCluster) {
            return new Chosen(Fact.unknown("no cluster was asked (--no-cluster)"), NO_NAMESPACE);
        }
        try {
            Source opened = source.open(run, terminal, podSecurity, kubernetes);
            return new Chosen(Fact.known(opened.gateway()), opened.namespace());
        } catch (KubeconfigException e) {
            if (source.isGiven()) {
                throw e;
            }
            return new Chosen(Fact.unknown(e.getMessage()), NO_NAMESPACE);
        }
    }
}
