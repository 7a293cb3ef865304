package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.registry.Loopback;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The threads of many preflights at once, whose API server and registry are slow. */
@Timeout(300)
@ExtendWith(InRun.class)
class ConcurrentRunsTest {

    private static final int RUNS = 60;
    private static final int IMAGES = 15;
    private static final int DELAY_MILLIS = 150;

    /** Helpers and questions of all runs, and a few for look-ups of names, time limits and idle connections. */
    private static final int SHARED = 128 + 128 + 40;

    @TempDir
    Path folder;

    @Test
    void shouldShareTheThreadsThatTheyNeed() throws Exception {
        try (Loopback api = new Loopback(ConcurrentRunsTest::apiServer);
                Loopback registry = new Loopback(exchange -> {
                    pause();
                    Loopback.answer(exchange, 404, Map.of(), "");
                })) {
            assertThat(peak(RUNS, api, registry)).isLessThanOrEqualTo(SHARED);
        }
    }

    /** Returns the most threads at any time, without those of the servers and those that begin the runs. */
    private int peak(int runs, Loopback api, Loopback registry) throws Exception {
        Path kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, """
                apiVersion: v1
                kind: Config
                current-context: dev
                contexts: [{name: dev, context: {cluster: dev, user: jane, namespace: ci}}]
                clusters: [{name: dev, cluster: {server: "%s"}}]
                users: [{name: jane, user: {token: canary-token}}]
                """.formatted(api.url()));
        List<Document> workflow = workflow(registry.url().getAuthority());
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        List<CompletableFuture<Report>> reports = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            CompletableFuture<Report> report = new CompletableFuture<>();
            new Thread(InRun.own(() -> run(kubeconfig, workflow, report)), "run").start();
            reports.add(report);
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(reports.toArray(CompletableFuture[]::new));
        int most = 0;
        while (!all.isDone()) {
            Set<Thread> now = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !before.contains(thread))
                    .filter(thread -> !thread.getName().startsWith("pool-")
                            && !thread.getName().equals("run"))
                    .collect(Collectors.toSet());
            most = Math.max(most, now.size());
            TimeUnit.MILLISECONDS.sleep(20);
        }
        for (CompletableFuture<Report> report : reports) {
            assertThat(report.get().pulls()).hasSizeGreaterThanOrEqualTo(IMAGES);
        }
        return most;
    }

    private static void run(Path kubeconfig, List<Document> workflow, CompletableFuture<Report> report) {
        try (ClusterGateway gateway = Fabric8Gateway.connect(ClusterConnection.DEFAULT.withKubeconfigs(kubeconfig));
                RegistryProbe probe = new RegistryProbe(RegistrySettings.defaults())) {
            report.complete(
                    new Preflight(Fact.known(gateway), probe, 16).run(Requests.of(workflow, "ci", "argo", "v4.0.5")));
        } catch (RuntimeException | Error e) {
            report.completeExceptionally(e);
        }
    }

    private static List<Document> workflow(String registry) {
        StringBuilder text = new StringBuilder("""
                apiVersion: argoproj.io/v1alpha1
                kind: Workflow
                metadata: {generateName: build-, namespace: ci}
                spec:
                  entrypoint: main
                  templates:
                  - name: main
                    dag:
                      tasks:
                """);
        for (int i = 0; i < IMAGES; i++) {
            text.append("      - {name: t%d, template: s%d}\n".formatted(i, i));
        }
        for (int i = 0; i < IMAGES; i++) {
            text.append("  - {name: s%d, serviceAccountName: a%d, container: {image: \"%s/i%d:v1\", command: [make]}}\n"
                    .formatted(i, i % 16, registry, i));
        }
        return new ManifestReader().read("w.yaml", text.toString());
    }

    /** Has no objects, and allows everything. */
    private static void apiServer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        pause();
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("POST")) {
            ObjectNode object = (ObjectNode) new JsonMapper().readTree(body);
            object.putObject("status").put("allowed", true);
            answer(exchange, 201, object.toString());
        } else if (path.equals("/version")) {
            answer(exchange, 200, "{\"gitVersion\": \"v1.34.0\"}");
        } else if (path.matches(".*/(namespaces|serviceaccounts|secrets|configmaps|deployments)/[^/]+")) {
            answer(
                    exchange,
                    404,
                    "{\"kind\": \"Status\", \"code\": 404, \"reason\": \"NotFound\", \"details\": {\"name\": \"%s\"}}"
                            .formatted(path.replaceFirst(".*/", "")));
        } else {
            answer(exchange, 200, "{\"kind\": \"List\", \"metadata\": {\"resourceVersion\": \"1\"}, \"items\": []}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        Loopback.answer(exchange, status, Map.of("Content-Type", "application/json"), body);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(DELAY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
