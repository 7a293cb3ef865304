package io.jenkins.plugins.argopreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.argopreflight.testing.Gzip;
import io.jenkins.plugins.argopreflight.testing.ManyWorkflows;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A test of processes with a small heap. */
class HeapTest {

    @TempDir
    private Path folder;

    private record Ended(int exit, String out, String err) {}

    private Ended run(String heap, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("it ends").isTrue();
            return new Ended(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    /** @return the arguments of a check of one workflow in a cluster with many images on its nodes */
    private List<String> check(int images) throws IOException {
        Path cluster = Files.createDirectory(folder.resolve("cluster"));
        StringBuilder nodes = new StringBuilder("{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[");
        for (int i = 0; i < images / 50; i++) {
            nodes.append(i == 0 ? "" : ",")
                    .append("{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"node-")
                    .append(i)
                    .append("\"},\"status\":{\"images\":[");
            for (int j = 0; j < 50; j++) {
                nodes.append(j == 0 ? "" : ",")
                        .append("{\"names\":[\"registry.example.com/team/image-")
                        .append(i * 50 + j)
                        .append(":v1\"],\"sizeBytes\":1000}");
            }
            nodes.append("]}}");
        }
        Files.writeString(cluster.resolve("nodes.json"), nodes.append("]}"));
        Path workflow = Files.writeString(folder.resolve("w.yaml"), """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {name: build, namespace: ci}
            spec:
              entrypoint: main
              templates: [{name: main, container: {image: "registry.example.com/a:1", command: [sh]}}]
            """);
        return List.of("check", "--cluster", cluster.toString(), "--no-registry", "-f", workflow.toString());
    }

    @Test
    void shouldSayInOneSentenceThatTheHeapIsTooSmall() throws Exception {
        List<String> arguments = new ArrayList<>(check(100_000));
        arguments.addAll(List.of("--limit", "nodes=100000000", "--limit", "bytes=1000000000"));
        Ended ended = run("32m", arguments.toArray(String[]::new));
        assertThat(ended.exit()).as(ended.err()).isEqualTo(3);
        assertThat(ended.err().lines().filter(line -> !line.contains("waiting for")))
                .singleElement()
                .asString()
                .matches("argo-preflight: ran out of memory at a heap of \\d+ MiB: give it more with"
                        + " JAVA_TOOL_OPTIONS=-Xmx\\d+m, or check fewer workflows at once");
    }

    @Test
    void shouldNotTakeForAbsentWhatALimitKeptItFromReading() throws Exception {
        Ended ended = run("32m", check(20_000).toArray(String[]::new));
        assertThat(ended.exit()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err())
                .contains("was not read to its end", "the limit bytes=", "-Xmx")
                .doesNotContain("Exception", "\tat ");
    }

    @Test
    @Tag("fuzz")
    void shouldJudgeAThousandWorkflowsInASmallHeap() throws Exception {
        Path files = Files.createDirectory(folder.resolve("workflows"));
        ManyWorkflows.write(files, 1_000, 20);
        Path report = folder.resolve("report.json");
        Ended ended = run(
                "256m",
                "check",
                "--no-cluster",
                "--no-registry",
                "--output",
                "text",
                "--output",
                "json=" + report,
                "-f",
                files.toString());
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out().lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).startsWith("✔ 1000 objects, 19000 distinct pods: "));
        long kept = Gzip.size(report);
        System.out.println(
                "Report of 1,000 workflows of 20 templates: " + Files.size(report) + " bytes, compressed " + kept);
        assertThat(kept).as("bytes that a build keeps at most").isLessThan(5_000_000);
    }

    /** An API server that has nodes and nothing else. */
    private static HttpServer serverOf(int nodes) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            boolean found = path.equals("/api/v1/nodes") || path.equals("/version");
            byte[] body = (path.equals("/version")
                            ? "{\"gitVersion\":\"v1.34.4\"}"
                            : found
                                    ? page(query, nodes)
                                    : "{\"kind\":\"Status\",\"status\":\"Failure\",\"code\":404,"
                                            + "\"reason\":\"NotFound\",\"message\":\"not found\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(found ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String page(String query, int nodes) {
        int size = Integer.parseInt(query.replaceFirst(".*limit=(\\d+).*", "$1"));
        int from = query.contains("continue=") ? Integer.parseInt(query.replaceFirst(".*continue=(\\d+).*", "$1")) : 0;
        int to = Math.min(from + size, nodes);
        StringBuilder page = new StringBuilder(
                        "{\"apiVersion\":\"v1\",\"kind\":\"NodeList\",\"metadata\":{\"continue\":\"")
                .append(to == nodes ? "" : to)
                .append("\"},\"items\":[");
        for (int i = from; i < to; i++) {
            page.append(i == from ? "" : ",")
                    .append("{\"metadata\":{\"name\":\"node-")
                    .append(i);
            page.append("\",\"labels\":{\"kubernetes.io/os\":\"linux\",\"kubernetes.io/arch\":\"amd64\"},")
                    .append("\"annotations\":{\"note\":\"")
                    .append("x".repeat(2000))
                    .append("\"}},")
                    .append(
                            "\"status\":{\"allocatable\":{\"cpu\":\"8\",\"memory\":\"32Gi\",\"pods\":\"110\"},\"images\":[");
            for (int j = 0; j < 50; j++) {
                String name = "registry.example.com/team/image-" + (i * 50 + j);
                page.append(j == 0 ? "" : ",")
                        .append("{\"names\":[\"")
                        .append(name)
                        .append("@sha256:")
                        .append("0".repeat(64))
                        .append("\",\"")
                        .append(name)
                        .append(":v1\"],\"sizeBytes\":1000}");
            }
            page.append("]}}");
        }
        return page.append("]}").toString();
    }

    private Path kubeconfig(HttpServer server) throws IOException {
        return Files.writeString(
                folder.resolve("kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    current-context: test
                    contexts: [{name: test, context: {cluster: test, user: test, namespace: ci}}]
                    users: [{name: test, user: {token: not-secret}}]
                    clusters: [{name: test, cluster: {server: "http://127.0.0.1:%d"}}]
                    """.formatted(server.getAddress().getPort()));
    }

    /** A check of a workflow for nodes that are not among the 5,000. */
    private Ended findsNoNode(String option, Path cluster) throws IOException, InterruptedException {
        Path workflow = Files.writeString(folder.resolve("w.yaml"), """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {name: build, namespace: ci}
            spec:
              entrypoint: main
              nodeSelector: {disk: ssd}
              templates: [{name: main, container: {image: "registry.example.com/team/image-7:v1", command: [sh]}}]
            """);
        Ended ended = run("128m", "check", option, cluster.toString(), "--no-registry", "-f", workflow.toString());
        assertThat(ended.out())
                .as(ended.err())
                .contains("(node-selector-no-match)")
                .contains("5000 nodes");
        return ended;
    }

    @Test
    @Tag("fuzz")
    void shouldKeepOfThousandsOfNodesWhatCounts() throws Exception {
        HttpServer server = serverOf(5000);
        try {
            Ended ended = findsNoNode("--kubeconfig", kubeconfig(server));
            assertThat(ended.err()).doesNotContain("was not read to its end", "out of memory");
        } finally {
            server.stop(0);
        }
    }

    @Test
    @Tag("fuzz")
    void shouldCaptureThousandsOfNodesAndReadThemAgain() throws Exception {
        HttpServer server = serverOf(5000);
        Path snapshot = folder.resolve("snapshot");
        try {
            Ended ended = run(
                    "128m",
                    "snapshot",
                    "--kubeconfig",
                    kubeconfig(server).toString(),
                    "-n",
                    "ci",
                    "-o",
                    snapshot.toString());
            assertThat(ended.out()).as(ended.err()).contains("5000 objects");
        } finally {
            server.stop(0);
        }
        findsNoNode("--cluster", snapshot);
    }
}
