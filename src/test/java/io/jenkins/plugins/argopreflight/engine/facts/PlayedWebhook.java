package io.jenkins.plugins.argopreflight.engine.facts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.argopreflight.engine.registry.Certificates;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A mutating webhook that a real API server calls for the pods of one namespace, and that lays a JSON Patch over each. */
final class PlayedWebhook implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PATH = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";

    private final RealCluster cluster;
    private final String name;
    private final String patch;
    private final HttpsServer server;

    /** @param patch of the pod (RFC 6902) */
    PlayedWebhook(RealCluster cluster, String namespace, Path folder, String patch) throws Exception {
        this.cluster = cluster;
        this.name = "webhook-of-" + namespace;
        this.patch = patch;
        Certificates certificates = new Certificates(folder);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.signed("webhook", "ip:127.0.0.1")));
        server.createContext("/", this::answer);
        server.start();
        cluster.api().create(PATH, configuration(namespace, certificates.authority()));
    }

    private Map<String, Object> configuration(String namespace, Path authority) throws IOException {
        return Map.of(
                "metadata",
                Map.of("name", name),
                "webhooks",
                List.of(Map.of(
                        "name",
                        "injector.example.com",
                        "admissionReviewVersions",
                        List.of("v1"),
                        "sideEffects",
                        "None",
                        "clientConfig",
                        Map.of(
                                "url",
                                "https://127.0.0.1:" + server.getAddress().getPort() + "/",
                                "caBundle",
                                Base64.getEncoder().encodeToString(Files.readAllBytes(authority))),
                        "namespaceSelector",
                        Map.of("matchLabels", Map.of("kubernetes.io/metadata.name", namespace)),
                        "rules",
                        List.of(Map.of(
                                "apiGroups", List.of(""),
                                "apiVersions", List.of("v1"),
                                "operations", List.of("CREATE"),
                                "resources", List.of("pods"))))));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode review = JSON.readTree(exchange.getRequestBody());
            ObjectNode answer = JSON.createObjectNode().put("apiVersion", "admission.k8s.io/v1");
            answer.put("kind", "AdmissionReview")
                    .putObject("response")
                    .put("uid", review.path("request").path("uid").asText())
                    .put("allowed", true)
                    .put("patchType", "JSONPatch")
                    .put("patch", Base64.getEncoder().encodeToString(patch.getBytes(UTF_8)));
            byte[] body = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        cluster.api().delete(PATH + "/" + name);
        server.stop(0);
    }
}
