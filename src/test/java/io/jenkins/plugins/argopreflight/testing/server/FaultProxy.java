package io.jenkins.plugins.argopreflight.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Stands between a client and the real API server, counts what passes, and fails the requests that it is set to.
 *
 * <p>It listens in plain HTTP and speaks TLS to the server; the client's bearer token is passed on. kubectl sends no
 * token over plain HTTP: {@link #vouchFor} lets it be the client.
 */
public final class FaultProxy implements AutoCloseable {

    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade", "http2-settings");

    private final RealCluster cluster;
    private final HttpClient upstream;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fault-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Request> seen = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private volatile Runnable before = () -> {};
    private volatile String vouched = "";

    /** A request that reached the proxy. The path contains the query. */
    public record Request(String method, String path) {

        public boolean isWrite() {
            return !method.equals("GET") && !path.contains("reviews") && !path.contains("dryRun=");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private record Rule(Predicate<Request> matches, int first, int last, AtomicInteger count, Fault fault) {

        boolean hits(Request request) {
            if (!matches.test(request)) {
                return false;
            }
            int number = count.incrementAndGet();
            return number >= first && number <= last;
        }
    }

    private FaultProxy(RealCluster cluster) throws IOException {
        this.cluster = cluster;
        upstream = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(ApiClient.trusting(cluster.certificateAuthority()))
                .build();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A proxy that passes everything on until it is set to something else. */
    public static FaultProxy before(RealCluster cluster) {
        try {
            return new FaultProxy(cluster);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public Path kubeconfig(RealCluster.User user) {
        return cluster.kubeconfig(user, url());
    }

    /** Does this at each request's arrival, before anything else: waits, or holds it back. */
    public FaultProxy before(Runnable arrival) {
        before = arrival;
        return this;
    }

    /** Passes requests without a token on as this user's. */
    public FaultProxy vouchFor(RealCluster.User user) {
        vouched = "Bearer " + user.token();
        return this;
    }

    /** Fails the n-th request from now, counted from 1. */
    public FaultProxy failRequest(int n, Fault fault) {
        return fail(request -> true, n, n, fault);
    }

    /** Fails the n-th request from now that matches, counted from 1. */
    public FaultProxy fail(Predicate<Request> matches, int n, Fault fault) {
        return fail(matches, n, n, fault);
    }

    /** Fails every request from now that matches. */
    public FaultProxy failAll(Predicate<Request> matches, Fault fault) {
        return fail(matches, 1, Integer.MAX_VALUE, fault);
    }

    private FaultProxy fail(Predicate<Request> matches, int first, int last, Fault fault) {
        synchronized (seen) {
            rules.add(new Rule(matches, first, last, new AtomicInteger(), fault));
        }
        return this;
    }

    /** Passes everything on again, and forgets what it saw. */
    public FaultProxy reset() {
        synchronized (seen) {
            rules.clear();
            seen.clear();
        }
        return this;
    }

    /** Returns the requests since the start or the last reset, failed or not, in the order of arrival. */
    public List<Request> requests() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    private Fault arrive(Request request) {
        synchronized (seen) {
            seen.add(request);
            Fault fault = null;
            for (Rule rule : rules) {
                if (rule.hits(request) && fault == null) {
                    fault = rule.fault();
                }
            }
            return fault;
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Fault fault = arrive(new Request(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString()));
            before.run();
            if (fault instanceof Fault.Answer answer) {
                answer(exchange, answer);
            } else if (fault instanceof Fault.Stall) {
                closed.await();
            } else if (!(fault instanceof Fault.Cut cut)) {
                pass(exchange, forward(exchange, body));
            } else if (cut.afterForwarding()) {
                forward(exchange, body).body().readAllBytes();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, Fault.Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private HttpResponse<InputStream> forward(HttpExchange exchange, byte[] body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(cluster.url() + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        if (!vouched.isEmpty() && !exchange.getRequestHeaders().containsKey("Authorization")) {
            request.header("Authorization", vouched);
        }
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return upstream.send(request.build(), BodyHandlers.ofInputStream());
    }

    private static void pass(HttpExchange exchange, HttpResponse<InputStream> response) throws IOException {
        response.headers().map().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(response.statusCode(), response.statusCode() == 304 ? -1 : 0);
        try (InputStream in = response.body();
                OutputStream out = exchange.getResponseBody()) {
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush(); // a watch sends its events one by one
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
