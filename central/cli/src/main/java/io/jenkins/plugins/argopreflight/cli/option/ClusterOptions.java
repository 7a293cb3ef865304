package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options for a cluster and its credentials, with kubectl's names. */
public final class ClusterOptions {

    @Option(
            names = "--kubeconfig",
            order = 1,
            paramLabel = "FILE",
            description = "The kubeconfig; by default $KUBECONFIG, ~/.kube/config, or the pod's own ServiceAccount.")
    Path kubeconfig;

    @Option(
            names = "--context",
            order = 2,
            paramLabel = "CONTEXT",
            description = "The context in it; by default its current-context.")
    String context = "";

    @Option(names = "--as", order = 3, paramLabel = "USER", description = "Impersonate this user.")
    String as = "";

    /** Returns whether a cluster or a user is given. */
    boolean isGiven() {
        return kubeconfig != null || !context.isEmpty() || !as.isEmpty();
    }

    /** Returns the connection to the cluster, without reading a file or sending a request. */
    public ClusterConnection connection(RunOptions run, Terminal terminal) {
        return connection(run.timeout(), terminal);
    }

    /** Connects, and reports a proxy if there is one. No request is sent. */
    public static Fabric8Gateway connect(ClusterConnection connection, Terminal terminal) {
        Fabric8Gateway gateway = Fabric8Gateway.connect(connection);
        gateway.proxy().ifPresent(proxy -> terminal.err().println(Report.Versions.way(proxy)));
        return gateway;
    }

    /**
     * Returns the connection to the cluster.
     *
     * @param timeout the timeout of a request; empty for the default
     */
    public ClusterConnection connection(Optional<Duration> timeout, Terminal terminal) {
        ClusterConnection connection = ClusterConnection.DEFAULT
                .withContext(context)
                .impersonating(as)
                .announcing(program -> terminal.err()
                        .println("The kubeconfig runs this program to log in: " + program.replaceAll("[^ -~]", "?")));
        if (kubeconfig != null) {
            connection = connection.withKubeconfigs(kubeconfig);
        }
        return timeout.isEmpty()
                ? connection
                : connection.withTimeouts(
                        new Timeouts(timeout.get(), timeout.get(), timeout.get().multipliedBy(2)));
    }
}
