package io.jenkins.plugins.argopreflight.step.submit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.argopreflight.engine.registry.Certificates;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A node whose kubelet answers a real API server with one log for each container. */
final class PlayedKubelet implements AutoCloseable {

    private final RealCluster cluster;
    private final String node;
    private final String log;
    private final HttpsServer server;

    /** @param lines of the log */
    PlayedKubelet(RealCluster cluster, Path folder, List<String> lines) throws Exception {
        this.cluster = cluster;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            text.append("2026-11-26T12:00:%02dZ %s%n".formatted(i, lines.get(i)));
        }
        log = text.toString();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(new Certificates(folder).signed("kubelet", "ip:127.0.0.1")));
        server.createContext("/containerLogs/", this::answer);
        server.start();
        int port = server.getAddress().getPort();
        node = "kubelet-" + port;
        cluster.node(node, Map.of());
        cluster.api()
                .mergePatch(
                        "/api/v1/nodes/" + node + "/status",
                        Map.of(
                                "status",
                                Map.of(
                                        "addresses", List.of(Map.of("type", "InternalIP", "address", "127.0.0.1")),
                                        "daemonEndpoints", Map.of("kubeletEndpoint", Map.of("Port", port)))));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean timestamps = exchange.getRequestURI().getQuery().contains("timestamps=true");
            byte[] body = (timestamps ? log : log.replaceAll("(?m)^\\S+ ", "")).getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Creates the pod of a workflow, whose container main has ended. */
    void failed(String namespace, String pod, int exitCode) {
        String account = "/api/v1/namespaces/" + namespace + "/serviceaccounts/default";
        if (cluster.api().status(account) == 404) {
            cluster.serviceAccount(namespace, "default");
        }
        String pods = "/api/v1/namespaces/" + namespace + "/pods";
        cluster.api()
                .create(
                        pods,
                        Map.of(
                                "metadata",
                                Map.of(
                                        "name", pod,
                                        "labels", Map.of("workflows.argoproj.io/workflow", pod),
                                        "annotations", Map.of("workflows.argoproj.io/node-id", pod)),
                                "spec",
                                Map.of(
                                        "nodeName",
                                        node,
                                        "automountServiceAccountToken",
                                        false,
                                        "containers",
                                        List.of(Map.of("name", "main", "image", "a")))));
        cluster.endContainer(namespace, pod, exitCode);
    }

    @Override
    public void close() {
        cluster.api().delete("/api/v1/nodes/" + node);
        server.stop(0);
    }
}
