package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.LevelVersion;
import io.jenkins.plugins.argopreflight.offline.admission.LocalAdmission;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotException;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotGateway;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options for a live cluster, or for a snapshot instead. */
public final class SourceOptions {

    private static final String NO_NAMESPACE = "default";

    @Option(
            names = "--cluster",
            order = 5,
            paramLabel = "DIR",
            description = "Ask no cluster but this snapshot, a folder as argo-preflight snapshot writes it.")
    Path snapshot;

    @ArgGroup(validate = false, exclusive = false)
    ClusterOptions options = new ClusterOptions();

    /**
     * A gateway.
     *
     * @param namespace the context's namespace
     */
    public record Source(ClusterGateway gateway, String namespace) implements AutoCloseable {
        @Override
        public void close() {
            gateway.close();
        }
    }

    /** Returns whether a cluster is given. */
    boolean isGiven() {
        return options.isGiven() || snapshot != null;
    }

    /**
     * Returns the connection to the live cluster, without reading a file or sending a request; empty for a snapshot.
     */
    public Optional<ClusterConnection> connection(RunOptions run, Terminal terminal) {
        return snapshot == null ? Optional.of(options.connection(run, terminal)) : Optional.empty();
    }

    /** Returns the folder of the snapshot. */
    public Optional<Path> snapshot() {
        return Optional.ofNullable(snapshot);
    }

    /**
     * Opens the gateway, without a request.
     *
     * @throws KubeconfigException if the cluster cannot be used
     * @throws SnapshotException if the snapshot cannot be read
     */
    public Source open(RunOptions run, Terminal terminal) {
        return open(run, terminal, "", Optional.empty());
    }

    /**
     * Opens the gateway, without a request.
     *
     * @param podSecurity the Pod Security level for pods of a snapshot, {@code LEVEL} or {@code LEVEL:VERSION}; "" for
     *     the labels of their namespace
     * @param kubernetes the version whose rules apply to pods of a snapshot; empty for that of the snapshot
     */
    Source open(RunOptions run, Terminal terminal, String podSecurity, Optional<String> kubernetes) {
        if (snapshot == null) {
            Fabric8Gateway gateway = ClusterOptions.connect(options.connection(run, terminal), terminal);
            return new Source(gateway, gateway.namespace());
        }
        if (options.isGiven()) {
            throw new UsageException("--cluster takes a snapshot: leave out --kubeconfig, --context and --as");
        }
        Optional<LevelVersion> policy =
                podSecurity.isEmpty() ? Optional.empty() : Optional.of(LevelVersion.parse(podSecurity));
        return new Source(SnapshotGateway.open(snapshot, new LocalAdmission(policy, kubernetes)), NO_NAMESPACE);
    }
}
