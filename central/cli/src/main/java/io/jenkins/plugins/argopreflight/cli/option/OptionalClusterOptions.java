package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.cluster.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.cluster.admission.LocalAdmission;
import io.jenkins.plugins.argopreflight.engine.cluster.admission.podsecurity.Policy;
import io.jenkins.plugins.argopreflight.engine.cluster.fabric8.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.cluster.snapshot.SnapshotException;
import io.jenkins.plugins.argopreflight.engine.cluster.snapshot.SnapshotGateway;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
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

    @Option(
            names = "--cluster",
            order = 5,
            paramLabel = "DIR",
            description = "Ask no cluster but this snapshot, a folder as argo-preflight snapshot writes it.")
    Path snapshot;

    @ArgGroup(validate = false, exclusive = false)
    ClusterOptions options = new ClusterOptions();

    /**
     * A gateway, or the reason why there is none.
     *
     * @param namespace the context's
     */
    public record Chosen(Fact<ClusterGateway> gateway, String namespace) implements AutoCloseable {

        /** What the cluster itself tells of Argo's controller. */
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
        return Optional.ofNullable(snapshot);
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
        if (noCluster && (options.given() || snapshot != null)) {
            throw new UsageException("--no-cluster: leave out --kubeconfig, --context, --as and --cluster");
        }
        if (snapshot != null && options.given()) {
            throw new UsageException("--cluster takes a snapshot: leave out --kubeconfig, --context and --as");
        }
        if (snapshot != null) {
            Optional<Policy> policy = podSecurity.isEmpty() ? Optional.empty() : Optional.of(Policy.parse(podSecurity));
            return new Chosen(
                    Fact.known(SnapshotGateway.open(snapshot, new LocalAdmission(policy, kubernetes))), NO_NAMESPACE);
        }
        if (noCluster) {
            return new Chosen(Fact.unknown("no cluster was asked (--no-cluster)"), NO_NAMESPACE);
        }
        try {
            Fabric8Gateway gateway = Fabric8Gateway.connect(options.connection(run, terminal));
            return new Chosen(Fact.known(gateway), gateway.namespace());
        } catch (KubeconfigException e) {
            if (options.given()) {
                throw e;
            }
            return new Chosen(Fact.unknown(e.getMessage()), NO_NAMESPACE);
        }
    }
}
