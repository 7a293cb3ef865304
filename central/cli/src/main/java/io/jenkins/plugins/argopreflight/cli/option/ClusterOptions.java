package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.cluster.fabric8.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which cluster, and with which credentials: kubectl's names for it. */
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

    /** Whether a cluster was named, or whom to be there. */
    boolean given() {
        return kubeconfig != null || !context.isEmpty() || !as.isEmpty();
    }

    /** How to reach the cluster; nothing is read or asked yet. */
    public ClusterConnection connection(RunOptions run, Terminal terminal) {
        return connection(run.timeout(), terminal);
    }

    /** Connects, and reports a proxy on the way; asks the cluster nothing yet. */
    public static Fabric8Gateway connect(ClusterConnection connection, Terminal terminal) {
        Fabric8Gateway gateway = Fabric8Gateway.connect(connection);
        gateway.proxy().ifPresent(proxy -> terminal.err().println(Report.Versions.way(proxy)));
        return gateway;
    }

    /** @param timeout for one request; empty for the default */
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
