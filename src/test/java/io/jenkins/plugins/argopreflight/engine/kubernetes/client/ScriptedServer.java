package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that gives prepared answers in turn, the last one again and again, and keeps what it was sent. */
final class ScriptedServer implements AutoCloseable {

    static final String TOKEN = "canary-token";

    /** An answer. Code 0 cuts the connection. */
    record Answer(int code, String body, String retryAfter, long delayMillis, boolean isAudited) {
        static Answer of(int code, String body) {
            return new Answer(code, body, "", 0, false);
        }

        static Answer status(int code, String reason, String message) {
            return of(
                    code,
                    "{\"kind\":\"Status\",\"code\":%d,\"reason\":\"%s\",\"message\":\"%s\"}"
                            .formatted(code, reason, message));
        }

        static Answer cut() {
            return of(0, "");
        }

        Answer retryAfter(String value) {
            return new Answer(code, body, value, delayMillis, isAudited);
        }

        Answer after(long millis) {
            return new Answer(code, body, retryAfter, millis, isAudited);
        }

        /** Returns this answer with the header that an API server's audit writes. */
        Answer audited() {
            return new Answer(code, body, retryAfter, delayMillis, true);
        }
    }

    final List<String> requests = new CopyOnWriteArrayList<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    ScriptedServer(Answer... script) throws IOException {
        answers.addAll(List.of(script));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + (body.isEmpty() ? "" : " " + body));
        Answer answer = answers.size() > 1 ? answers.poll() : answers.peek();
        try {
            Thread.sleep(answer.delayMillis());
        } catch (InterruptedException e) {
            exchange.close();
            return;
        }
        if (answer.code() == 0) {
            exchange.close();
            return;
        }
        if (!answer.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
        }
        if (answer.isAudited()) {
            exchange.getResponseHeaders().set("Audit-Id", "c8ed9d9f-7e2b-4a66-9d0e-5f5b7a0c2f5c");
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.code(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A connection to this server with the canary token. */
    ClusterConnection connection(Path folder) throws IOException {
        Path kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, kubeconfig(url()));
        return ClusterConnection.DEFAULT.withKubeconfigs(kubeconfig);
    }

    static String kubeconfig(String server) {
        return """
                apiVersion: v1
                kind: Config
                current-context: dev
                contexts: [{name: dev, context: {cluster: dev, user: jane, namespace: ci}}]
                clusters: [{name: dev, cluster: {server: "%s"}}]
                users: [{name: jane, user: {token: %s}}]
                """.formatted(server, TOKEN);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
