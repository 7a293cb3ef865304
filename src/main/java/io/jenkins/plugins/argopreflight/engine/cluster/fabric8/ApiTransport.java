package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterLogin.Bearer;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterLogin.Header;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.cluster.RenewedToken;
import io.jenkins.plugins.argopreflight.engine.cluster.fabric8.ReadMeter.TooLarge;
import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Sends requests, again where {@link Retries} says so, until there is an answer or time is over. */
final class ApiTransport {

    private static final String AUTHENTICATED = "system:authenticated";
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client;
    private final ServerRoute server;
    private final Header login;
    private final Timeouts timeouts;
    private final Optional<ReadMeter> meter;
    private final ReadLimits limits;
    private final Optional<Identity> as;
    private final AtomicInteger holds;
    private final AtomicBoolean open;

    ApiTransport(HttpClient client, ServerRoute server, Header login, Timeouts timeouts, ReadLimits limits) {
        this(
                client,
                server,
                login,
                timeouts,
                Optional.of(new ReadMeter(limits)),
                limits,
                Optional.empty(),
                new AtomicInteger(1),
                new AtomicBoolean(true));
    }

    private ApiTransport(
            HttpClient client,
            ServerRoute server,
            Header login,
            Timeouts timeouts,
            Optional<ReadMeter> meter,
            ReadLimits limits,
            Optional<Identity> as,
            AtomicInteger holds,
            AtomicBoolean open) {
        this.meter = meter;
        this.limits = limits;
        this.holds = holds;
        this.open = open;
        this.client = client;
        this.server = server;
        this.login = login;
        this.timeouts = timeouts;
        this.as = as;
    }

    /** The same connections; each request impersonates someone. It needs no close of its own. */
    ApiTransport as(Identity who) {
        return new ApiTransport(
                client, server, login, timeouts, meter, limits, Optional.of(who), holds, new AtomicBoolean(false));
    }

    /** The same connections, which stay open until both are closed; what it reads counts for one answer only. */
    ApiTransport hold() {
        holds.incrementAndGet();
        return new ApiTransport(
                client, server, login, timeouts, Optional.empty(), limits, as, holds, new AtomicBoolean(true));
    }

    /**
     * The server's answer, whatever its code.
     *
     * @param path from the server's root, with its query
     * @param body null for none
     * @param readOnly whether the request changes nothing, and can be sent twice
     */
    ApiReply send(String method, String path, @Nullable JsonNode body, boolean readOnly) {
        Instant deadline = Instant.now().plus(timeouts.overall());
        String request = method + " " + server.url() + path.replaceFirst("\\?.*", "");
        boolean renewed = false;
        for (int attempt = 1; ; attempt++) {
            Optional<Duration> pause;
            try {
                Optional<Password> token = token();
                ApiReply reply = once(method, path, body, token, deadline, request);
                if (reply.code() == 401 && !renewed && refuse(token)) {
                    renewed = true;
                    continue;
                }
                pause = Retries.afterReply(reply, readOnly, attempt);
                if (pause.isEmpty() || isTooLong(pause.get(), deadline)) {
                    return reply;
                }
            } catch (IOException | TimeoutException e) {
                TransportFailure failure = TransportFailure.of(e);
                pause = Retries.afterFailure(failure, readOnly, attempt);
                if (pause.isEmpty() || isTooLong(pause.get(), deadline)) {
                    throw failure.toException(method, server, path.replaceFirst("\\?.*", ""));
                }
            }
            sleep(pause.get(), request);
        }
    }

    /** Whether there can be another token; nothing was done with the one that the server refused. */
    private boolean refuse(Optional<Password> token) {
        if (token.isPresent() && login instanceof Bearer bearer && bearer.token() instanceof RenewedToken renewed) {
            renewed.refused(token.get());
            return true;
        }
        return false;
    }

    private Optional<Password> token() {
        return login instanceof Bearer bearer
                ? Optional.of(bearer.token().get()).filter(token -> !token.isEmpty())
                : Optional.empty();
    }

    private static boolean isTooLong(Duration pause, Instant deadline) {
        return Instant.now().plus(pause).isAfter(deadline);
    }

    private ApiReply once(
            String method, String path, @Nullable JsonNode body, Optional<Password> token, Instant end, String request)
            throws IOException, TimeoutException {
        long left = Math.max(1, Duration.between(Instant.now(), end).toMillis());
        long millis = Math.min(left, timeouts.request().toMillis());
        HttpRequest.Builder builder = request(path, token).timeout(millis, TimeUnit.MILLISECONDS);
        builder.setHeader("Accept", "application/json");
        String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        builder.method(method, type, body == null ? null : JSON.writeValueAsString(body));
        try (BoundedBody received = new BoundedBody(meter.orElseGet(() -> new ReadMeter(limits)))) {
            return reply(start(received, builder.build(), request), received, millis, request);
        } catch (TooLarge e) {
            throw new ClusterException(Kind.TOO_LARGE, request + ": " + e.getMessage());
        }
    }

    private HttpRequest.Builder request(String path, Optional<Password> token) {
        HttpRequest.Builder builder = client.newHttpRequestBuilder().uri(server.url() + path);
        authorization(token).ifPresent(header -> builder.setHeader("Authorization", header));
        as.ifPresent(who -> impersonate(who, builder));
        return builder;
    }

    /** Sends a GET once, whose answer is read line by line as it arrives. */
    LineStream stream(String path, LineStream.Limit limit, LineStream.Receiver receiver) {
        String plain = path.replaceFirst("\\?.*", "");
        Optional<Password> token = token();
        LineStream stream = new LineStream(server, plain, limit, receiver, () -> refuse(token));
        HttpRequest.Builder builder = request(path, token).setHeader("Accept", "application/json, */*");
        try {
            stream.open(client, builder.build());
        } catch (IllegalArgumentException e) {
            throw unfit("GET " + server.url() + plain);
        }
        return stream;
    }

    /**
     * Sends a GET once and writes the answer's body as it arrives.
     *
     * @return the HTTP status; only of a success something was written
     * @throws Download.SinkFailure when the stream cannot be written
     */
    int download(String path, OutputStream into, long limit) throws BodyDownload.SinkFailure {
        Optional<Password> token = token();
        BodyDownload download = new BodyDownload(server, path.replaceFirst("\\?.*", ""), into, limit);
        int code = download.run(client, request(path, token), timeouts.overall());
        if (code == 401) {
            refuse(token);
        }
        return code;
    }

    private ApiReply reply(
            CompletableFuture<HttpResponse<AsyncBody>> answer, BoundedBody body, long millis, String request)
            throws IOException, TimeoutException {
        try {
            HttpResponse<AsyncBody> response = answer.get(millis, TimeUnit.MILLISECONDS);
            return new ApiReply(response.code(), body.json(), RetryAfter.of(response.header("Retry-After")));
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw interrupted(request);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cut) {
                throw cut;
            }
            if (e.getCause() instanceof TimeoutException late) {
                throw late;
            }
            throw new IOException(e.getCause());
        }
    }

    private Optional<String> authorization(Optional<Password> token) {
        if (token.isPresent()) {
            return Optional.of("Bearer " + token.get().reveal());
        }
        if (login instanceof ClusterLogin.Basic basic) {
            String pair = basic.username() + ":" + basic.password().reveal();
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return Optional.empty();
    }

    /**
     * Names no group that the API server adds by itself: to name one takes the right to impersonate it. It adds those
     * of a ServiceAccount only when the request has none.
     */
    private static void impersonate(Identity who, HttpRequest.Builder builder) {
        builder.setHeader("Impersonate-User", who.user());
        List<String> own = Identity.serviceAccount(who.user())
                .map(account -> Identity.ofServiceAccount(account.namespace(), account.name()))
                .map(Identity::groups)
                .orElse(List.of(AUTHENTICATED));
        if (!own.containsAll(who.groups())) {
            who.groups().stream()
                    .filter(group -> !group.equals(AUTHENTICATED))
                    .forEach(group -> builder.header("Impersonate-Group", group));
        }
    }

    private CompletableFuture<HttpResponse<AsyncBody>> start(BoundedBody body, HttpRequest http, String request) {
        try {
            return body.send(client, http);
        } catch (IllegalArgumentException e) {
            throw unfit(request);
        }
    }

    /** The message of the client can quote a header. */
    static ClusterException unfit(String request) {
        return new ClusterException(
                Kind.INVALID, request + ": the credential or the user to impersonate does not fit an HTTP header");
    }

    private static void sleep(Duration pause, String request) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(request);
        }
    }

    static ClusterException interrupted(String request) {
        Thread.currentThread().interrupt();
        return new ClusterException(Kind.INTERRUPTED, request + ": interrupted while waiting for the answer");
    }

    ServerRoute server() {
        return server;
    }

    Timeouts timeouts() {
        return timeouts;
    }

    ReadLimits limits() {
        return limits;
    }

    void close() {
        if (open.getAndSet(false) && holds.decrementAndGet() == 0) {
            client.close();
        }
    }
}
