package io.jenkins.plugins.argopreflight.testing.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A real Argo Server for one namespace of the {@link RealCluster}, on loopback, plain HTTP. It accepts tokens of
 * ServiceAccounts and passes them on ({@code --auth-mode=client}). It has no database.
 */
public final class RealArgoServer implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port = RealServer.freePort();
    private final RealServer server;

    /** @param namespace whose workflow-controller-configmap must be there */
    public RealArgoServer(String namespace) {
        Path folder = RealServer.temporaryFolder("argo-preflight-server-");
        Path kubeconfig = RealArgo.kubeconfig(folder, namespace);
        server = new RealServer(
                folder,
                List.of(
                        ServerBinaries.require("argo-4.0"),
                        "server",
                        "--kubeconfig=" + kubeconfig,
                        "--namespaced",
                        "--managed-namespace=" + namespace,
                        "--auth-mode=client",
                        "--secure=false",
                        "--port=" + port),
                // It asks for its clients where this says, not where the option says.
                Map.of("KUBECONFIG", kubeconfig.toString()));
        server.await(this::answers);
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    private boolean answers() {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/api/v1/version"))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() < 500;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
