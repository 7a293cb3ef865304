package io.jenkins.plugins.argopreflight.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry on a loopback address that checks credentials as real registries do: Bearer challenge, token endpoint,
 * tokens with scopes (<a href="https://distribution.github.io/distribution/spec/auth/token/">distribution's token
 * specification</a>). It serves manifests and blobs, and accepts no uploads.
 */
public final class EmbeddedRegistry implements AutoCloseable {

    static {
        // Without it, each response waits 40 ms for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Pattern CONTENT =
            Pattern.compile("/v2/(?<repository>.+)/(?<kind>manifests|blobs)/(?<reference>[^/]+)");

    private final HttpServer server;
    private final ExecutorService executor;
    private final AtomicInteger requests = new AtomicInteger();
    private final TokenGate gate;
    private final Images images;

    private EmbeddedRegistry(HttpServer server, ExecutorService executor, TokenGate gate, Images images) {
        this.server = server;
        this.executor = executor;
        this.gate = gate;
        this.images = images;
    }

    /**
     * Starts a registry on a free loopback port.
     *
     * @param name the name in its challenges, such as {@code registry.example.com}, for which clients configure the
     *     address; "" for the loopback address
     */
    public static EmbeddedRegistry start(String name, DemoAccounts accounts, Images images) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            ExecutorService executor = Executors.newFixedThreadPool(4, work -> {
                Thread thread = new Thread(work, "registry");
                thread.setDaemon(true);
                return thread;
            });
            String url =
                    name.isEmpty() ? "http://127.0.0.1:" + server.getAddress().getPort() : "https://" + name;
            TokenGate gate = new TokenGate(url.substring(url.indexOf("//") + 2), url + "/token", accounts);
            EmbeddedRegistry registry = new EmbeddedRegistry(server, executor, gate, images);
            server.setExecutor(executor);
            server.createContext("/", registry::handle);
            server.start();
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1", e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns the number of requests so far. */
    public int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            send(exchange, reply(DemoRequest.of(exchange)));
        }
    }

    private DemoResponse reply(DemoRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return DemoResponse.error(405, "UNSUPPORTED", "The operation is unsupported.");
        }
        if (request.path().equals("/token")) {
            return gate.token(request);
        }
        Matcher content = CONTENT.matcher(request.path());
        boolean matches = content.matches();
        if (!matches && !request.path().equals("/v2/")) {
            return DemoResponse.error(404, "NAME_UNKNOWN", "repository name not known to registry");
        }
        Optional<DemoResponse> refusal = gate.refuse(request, matches ? content.group("repository") : "");
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return matches
                ? images.content(content.group("repository"), content.group("kind"), content.group("reference"))
                : DemoResponse.json(200, "{}");
    }

    private static void send(HttpExchange exchange, DemoResponse reply) throws IOException {
        exchange.getResponseHeaders().set("Docker-Distribution-Api-Version", "registry/2.0");
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
            exchange.sendResponseHeaders(reply.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(reply.status(), body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
