package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServerAddress;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8ArgoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options for Argo Server, which has data that the cluster does not contain. */
public final class ArgoServerOptions {

    @Option(
            names = "--argo-server",
            order = 1,
            paramLabel = "URL",
            description =
                    "Ask Argo Server for archived workflows, offloaded nodes, archived logs and artifacts. The token is"
                            + " that of the kubeconfig, or $ARGO_TOKEN as argo takes it.")
    String url = "";

    @Option(
            names = "--argo-server-ca",
            order = 2,
            paramLabel = "FILE",
            description = "Trust the certificate authorities of this PEM file for Argo Server.")
    Path authority;

    @Option(
            names = "--argo-server-insecure",
            order = 3,
            description = "Accept any certificate of Argo Server, or plain http.")
    boolean insecure;

    /**
     * Opens a connection to Argo Server, without a request.
     *
     * @param cluster the connection whose token is used if there is no other; empty for a snapshot
     * @return empty if the option is not given
     */
    public Optional<ArgoServer> open(Optional<ClusterConnection> cluster, Terminal terminal) {
        if (url.isEmpty()) {
            if (authority != null || insecure) {
                throw new UsageException("--argo-server-ca and --argo-server-insecure need --argo-server URL");
            }
            return Optional.empty();
        }
        ArgoServerAddress.problem(url, insecure, NAME).ifPresent(problem -> {
            throw new UsageException("--argo-server " + problem);
        });
        Optional<ClusterLogin> login = login(terminal);
        if (login.isEmpty() && cluster.isEmpty()) {
            throw new UsageException("--argo-server with a snapshot needs a token in $ARGO_TOKEN");
        }
        return Optional.of(Fabric8ArgoServer.connect(
                cluster.orElse(ClusterConnection.DEFAULT),
                new ArgoServerAddress("Argo Server", url, authority(), insecure, login)));
    }

    /** Returns a workflow's page in Argo's user interface; "" if the option is not given. */
    public String page(String namespace, String name, String uid) {
        return url.isEmpty() ? "" : ArgoServerAddress.page(url, namespace, name, uid);
    }

    public boolean isNamed() {
        return !url.isEmpty();
    }

    private static final String NAME = "give --argo-server-insecure";

    private static Optional<ClusterLogin> login(Terminal terminal) {
        String token = terminal.env().getOrDefault("ARGO_TOKEN", "");
        return token.isBlank() ? Optional.empty() : Optional.of(ArgoServerAddress.login(token));
    }

    private String authority() {
        try {
            return authority == null ? "" : Files.readString(authority);
        } catch (IOException e) {
            throw new UsageException("--argo-server-ca: " + authority + " cannot be read");
        }
    }
}
