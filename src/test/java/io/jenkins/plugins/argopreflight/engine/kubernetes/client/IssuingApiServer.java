package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An API server that issues tokens to the bootstrap logins, and accepts only the newest token for all else. */
final class IssuingApiServer implements AutoCloseable {

    static final String PATH = "/api/v1/namespaces/jenkins/serviceaccounts/argo-preflight/token";

    /** Method, path and Authorization header of each request, and the body of a request for a token. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    private final AtomicInteger issued = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    /** The time when the tokens expire, after the creation timestamp 10:00. */
    volatile String expiry = "2020-01-01T11:00:00Z";

    /** The answer to a request for a token; null for a token. */
    volatile String refusal;

    volatile int code = 201;

    volatile boolean refusing;

    IssuingApiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String login = exchange.getRequestHeaders().getFirst("Authorization");
        String path = exchange.getRequestURI().getPath();
        requests.add((exchange.getRequestMethod() + " " + path + " " + login + " " + body).strip());
        if (path.endsWith("/token")) {
            send(exchange, code, refusal == null ? token() : refusal);
        } else if (refusing || !("Bearer issued-" + issued).equals(login)) {
            send(exchange, 401, "{\"kind\":\"Status\",\"code\":401,\"reason\":\"Unauthorized\"}");
        } else {
            send(exchange, 200, "{\"kind\":\"Secret\",\"metadata\":{\"name\":\"regcred\"}}");
        }
    }

    private String token() {
        return """
                {"kind": "TokenRequest", "apiVersion": "authentication.k8s.io/v1",
                 "metadata": {"creationTimestamp": "2020-01-01T10:00:00Z"}, "spec": {"expirationSeconds": 3600},
                 "status": {"token": "issued-%s", "expirationTimestamp": "%s"}}
                """.formatted(issued.incrementAndGet(), expiry);
    }

    private static void send(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Rejects all tokens that were issued so far. The next token is accepted. */
    void revoke() {
        issued.incrementAndGet();
    }

    long tokenRequests() {
        return requests.stream().filter(line -> line.startsWith("POST " + PATH)).count();
    }

    ClusterConnection connection(ClusterLogin login) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        return ClusterConnection.DEFAULT.to(
                ClusterEndpoint.of("cluster \"prod\"", url, new Trust("", false, ""), login));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
