package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientImpl;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin.Bearer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin.Header;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.RenewedToken;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.ReadMeter.TooLarge;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The transport of requests to one server. A request is sent again as {@link Retries} decides, until there is an answer
 * or the time is over.
 */
final class ApiTransport {

    private static final String ANY = "application/json, */*";
    private static final String CLOSED = "the connection to the cluster is closed";
    private static final MediaType JSON = MediaType.get("application/json");
    private static final MediaType PATCH = MediaType.get("application/merge-patch+json");

    private final OkHttpClientImpl client;
    private final ServerRoute server;
    private final Header login;
    private final Timeouts timeouts;
    private final Optional<ReadMeter> meter;
    private final ReadLimits limits;
    private final Impersonation as;
    /** The number of open transports over the same connections. */
    private final AtomicInteger openTransports;

    private final AtomicBoolean open;

    /**
     * Creates a transport with an open connection.
     *
     * @param as the identity that each request impersonates
     */
    ApiTransport(
            OkHttpClientImpl client,
            ServerRoute server,
            Header login,
            Impersonation as,
            Timeouts timeouts,
            ReadLimits limits) {
        this(
                client,
                server,
                login,
                timeouts,
                Optional.of(new ReadMeter(limits)),
                limits,
                as,
                new AtomicInteger(1),
                new AtomicBoolean(true));
    }

    private ApiTransport(
            OkHttpClientImpl client,
            ServerRoute server,
            Header login,
            Timeouts timeouts,
            Optional<ReadMeter> meter,
            ReadLimits limits,
            Impersonation as,
            AtomicInteger openTransports,
            AtomicBoolean open) {
        this.meter = meter;
        this.limits = limits;
        this.openTransports = openTransports;
        this.open = open;
        this.client = client;
        this.server = server;
        this.login = login;
        this.timeouts = timeouts;
        this.as = as;
    }

    /**
     * Returns a transport over the same connections whose requests impersonate an identity. The caller does not need to
     * close it.
     */
    ApiTransport as(Identity who) {
        return new ApiTransport(
                client,
                server,
                login,
                timeouts,
                meter,
                limits,
                Impersonation.of(who),
                openTransports,
                new AtomicBoolean(false));
    }

    /**
     * Returns another transport over the same connections, which stay open until both transports are closed. This
     * transport adds up the memory of its answers and limits the sum; the returned transport limits each answer.
     */
    ApiTransport hold() {
        openTransports.incrementAndGet();
        return new ApiTransport(
                client, server, login, timeouts, Optional.empty(), limits, as, openTransports, new AtomicBoolean(true));
    }

    /**
     * Sends a GET and returns the server's answer, whatever its code.
     *
     * @param path from the server's root, with its query
     */
    ApiReply get(String path) {
        return send("GET", path, null, Retries.Effect.REPEATABLE);
    }

    /**
     * Sends a request and returns the server's answer, whatever its code.
     *
     * @param path from the server's root, with its query
     * @param body null for none
     */
    ApiReply send(String method, String path, @Nullable JsonNode body, Retries.Effect effect) {
        Instant deadline = Instant.now().plus(timeouts.overall());
        String request = method + " " + server.url() + withoutQuery(path);
        boolean renewed = false;
        for (int attempt = 1; ; attempt++) {
            Optional<Duration> pause;
            try {
                Optional<Password> token = token();
                ApiReply reply = sendOnce(method, path, body, token, deadline, request);
                if (reply.code() == 401 && !renewed && reportRefused(token)) {
                    renewed = true;
                    continue;
                }
                pause = Retries.afterReply(reply, effect, attempt);
                if (pause.isEmpty() || isTooLong(pause.get(), deadline)) {
                    return reply;
                }
            } catch (IOException e) {
                TransportFailure failure = TransportFailure.of(e, server);
                pause = Retries.afterFailure(failure, effect, attempt);
                if (pause.isEmpty() || isTooLong(pause.get(), deadline)) {
                    throw failure.toException(method, server, withoutQuery(path));
                }
            }
            sleep(pause.get(), request);
        }
    }

    /**
     * Reports that the server refused the token and did not carry out the request. Returns whether another token can be
     * requested.
     */
    private boolean reportRefused(Optional<Password> token) {
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

    private ApiReply sendOnce(
            String method, String path, @Nullable JsonNode body, Optional<Password> token, Instant end, String request)
            throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(request);
        }
        if (openTransports.get() == 0) {
            throw new ClusterException(Kind.UNREACHABLE, request + ": " + CLOSED);
        }
        Duration left = Duration.ofMillis(
                Math.max(1, Duration.between(Instant.now(), end).toMillis()));
        Duration time = left.compareTo(timeouts.request()) < 0 ? left : timeouts.request();
        Call call = call(method, path, body, token, "application/json", time);
        try (InterruptWatch.Watching watched = InterruptWatch.watch(call);
                Response response = call.execute();
                BoundedBody received = new BoundedBody(meter.orElseGet(() -> new ReadMeter(limits)))) {
            received.read(requireNonNull(response.body()).byteStream());
            return new ApiReply(
                    response.code(),
                    received.json(),
                    RetryAfter.of(response.header("Retry-After")),
                    isUnknownPath(response, received));
        } catch (TooLarge e) {
            throw new ClusterException(Kind.TOO_LARGE, request + ": " + e.getMessage());
        } catch (IOException e) {
            throw interruptedOr(e, request);
        }
    }

    /**
     * Returns whether an API server answers that it does not have the path. Other programs in Go, such as proxies,
     * answer with the same text, and without the header of the API server's audit.
     *
     * @see <a
     * href="https://github.com/kubernetes/apiserver/blob/v0.34.4/pkg/endpoints/filters/audit_init.go">audit_init.go</a>
     */
    private static boolean isUnknownPath(Response response, BoundedBody body) throws IOException {
        return response.code() == 404
                && response.header("Audit-Id") != null
                && body.isLine(ClusterException.PAGE_NOT_FOUND);
    }

    /**
     * Returns the failure of a call, if it was not an interrupt.
     *
     * @throws ClusterException if the thread is interrupted
     */
    static IOException interruptedOr(IOException failure, String request) {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(request);
        }
        return failure;
    }

    /**
     * Creates a call, which can be executed once.
     *
     * @param time the time after which the call is ended; zero for no limit
     */
    private Call call(
            String method,
            String path,
            @Nullable JsonNode body,
            Optional<Password> token,
            String accept,
            Duration time) {
        try {
            Request request = new Request.Builder()
                    .url(server.url() + path)
                    .headers(headers(token))
                    .header("Accept", accept)
                    .method(method, body(method, body))
                    .build();
            Call call = client.getOkHttpClient().newCall(request);
            call.timeout().timeout(time.toMillis(), TimeUnit.MILLISECONDS);
            return call;
        } catch (IllegalArgumentException e) {
            throw invalidHeader(method + " " + server.url() + withoutQuery(path));
        }
    }

    private static @Nullable RequestBody body(String method, @Nullable JsonNode body) {
        return body == null
                ? null
                : RequestBody.create(
                        body.toString().getBytes(StandardCharsets.UTF_8), method.equals("PATCH") ? PATCH : JSON);
    }

    private Headers headers(Optional<Password> token) {
        Headers.Builder headers = new Headers.Builder().set("User-Agent", "argo-preflight");
        as.addTo(headers);
        authorization(token).ifPresent(value -> headers.set("Authorization", value));
        return headers.build();
    }

    /** Sends a GET once. Another thread reads its answer line by line as it arrives. */
    LineStream stream(String path, LineStream.Limit limit, LineStream.Receiver receiver) {
        Optional<Password> token = token();
        LineStream stream = new LineStream(server, withoutQuery(path), limit, receiver, () -> reportRefused(token));
        Call call = call("GET", path, null, token, ANY, Duration.ZERO);
        try {
            client.getOkHttpClient().dispatcher().executorService().execute(() -> stream.read(call));
        } catch (RejectedExecutionException e) {
            stream.fail(Kind.UNREACHABLE, CLOSED);
        }
        return stream;
    }

    /** Sends a GET once and reads its answer line by line, within the time of one request. */
    void readLines(String path, LineStream.Limit limit, LineStream.Receiver receiver) {
        Optional<Password> token = token();
        LineStream stream = new LineStream(server, withoutQuery(path), limit, receiver, () -> reportRefused(token));
        Call call = call("GET", path, null, token, ANY, timeouts.request());
        try (InterruptWatch.Watching watched = InterruptWatch.watch(call)) {
            stream.read(call);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted("GET " + server.url() + withoutQuery(path));
        }
    }

    /**
     * Sends a GET once and writes the answer's body as it arrives.
     *
     * @return the HTTP status; nothing was written unless it is a success
     * @throws BodyDownload.SinkFailure if the stream cannot be written
     */
    int download(String path, OutputStream into, long limit) throws BodyDownload.SinkFailure {
        Optional<Password> token = token();
        int code = new BodyDownload(server, withoutQuery(path), into, limit)
                .run(call("GET", path, null, token, ANY, timeouts.overall()));
        if (code == 401) {
            reportRefused(token);
        }
        return code;
    }

    private static String withoutQuery(String path) {
        return path.replaceFirst("\\?.*", "");
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
     * Creates the error for a request with an invalid header. The message of the client is not used, since it can quote
     * a header.
     */
    static ClusterException invalidHeader(String request) {
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
        if (open.getAndSet(false) && openTransports.decrementAndGet() == 0) {
            client.close();
        }
    }
}
