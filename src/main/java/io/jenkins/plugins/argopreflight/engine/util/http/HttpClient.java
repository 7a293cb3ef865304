package io.jenkins.plugins.argopreflight.engine.util.http;

import io.jenkins.plugins.argopreflight.engine.util.http.ConnectionFailure.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * A client that sends single requests by HTTP/1.1 and keeps connections open for the next. It follows no redirect,
 * answers no challenge but a proxy's, and connects only to the addresses that its guard checked.
 */
public final class HttpClient implements AutoCloseable {

    private static final int CHUNK_BYTES = 8 * 1024;

    private final AddressGuard guard;
    private final Clients clients;
    private final Map<Key, OkHttpClient> byRoute = new ConcurrentHashMap<>();
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private record Key(Route route, boolean verified) {}

    public HttpClient(HttpSettings settings) {
        this.guard = new AddressGuard(settings.policy(), settings.proxies(), settings.resolver(), settings.executor());
        this.clients = new Clients(settings);
    }

    /**
     * Sends a request and reads its answer, within a time whatever the server does. If the body of an error does not
     * end in time, the part that arrived counts.
     *
     * @param lead the host whose realm or redirect led here; empty if the host comes from somewhere else
     * @throws AddressRefused if the address is not allowed; nothing was sent
     * @throws ProxyLoginRefused if a proxy on the way requires a login
     * @throws InterruptedIOException if the time was over, or the thread was interrupted
     */
    public HttpReply send(HttpRequest request, Optional<Lead> lead, Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        Route route = guard.route(request.url(), request.trusted(), lead, time);
        boolean plain = !route.target().isTls();
        OkHttpClient client = byRoute.computeIfAbsent(
                new Key(route, request.verified() && !plain), key -> clients.routed(route, key.verified()));
        Call call = client.newCall(request(request, route, plain));
        call.timeout().timeout(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        calls.add(call);
        if (closed) {
            call.cancel();
        }
        try (Response response = call.execute()) {
            int status = FinalStatus.of(response);
            if (status < 200) {
                throw new ProtocolException("status " + status + " where an answer is expected");
            }
            if (status == 407 && route.proxy().isPresent()) {
                throw new ProxyLoginRefused(route.proxy().get());
            }
            byte[] body = read(call, response, request.limit(), status, end);
            return new HttpReply(
                    status, new HttpHeaders(response.headers().toMultimap()), body, route.kind(), route.proxy());
        } finally {
            calls.remove(call);
        }
    }

    private static Request request(HttpRequest request, Route route, boolean plain) throws IOException {
        Request.Builder http = new Request.Builder().url(url(request.url(), route.target()));
        request.headers().forEach(http::header);
        // Otherwise the client asks for gzip, and a small answer becomes a large one.
        http.header("Accept-Encoding", "identity");
        if (plain) {
            route.proxy().flatMap(Proxies::authorization).ifPresent(value -> http.header("Proxy-Authorization", value));
        }
        RequestBody body = request.form()
                .<RequestBody>map(form -> new OneShotBody(form.getBytes(StandardCharsets.US_ASCII)))
                .orElse(null);
        return http.method(request.method(), body).build();
    }

    /** A body that is sent at most once, even if the first connection fails. */
    private static final class OneShotBody extends RequestBody {

        private final byte[] bytes;

        OneShotBody(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public @Nullable MediaType contentType() {
            return null;
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes);
        }
    }

    /** Returns the URL with the host in the spelling that was checked. */
    private static HttpUrl url(URI url, Target target) throws IOException {
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        HttpUrl parsed = HttpUrl.parse(target.inUrl() + path + query);
        if (parsed == null || !Host.parse(parsed.host()).equals(Optional.of(target.host()))) {
            throw new AddressRefused("its address is not an http or https URL with a host");
        }
        return parsed;
    }

    /**
     * Reads the body up to the limit. If the body of an error, with a status other than 2xx, breaks or does not end in
     * time, the part that arrived is returned.
     */
    private static byte[] read(Call call, Response response, int limit, int status, long end) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ResponseBody answer = response.body();
        if (answer == null) {
            return body.toByteArray();
        }
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = answer.byteStream()) {
            int read = 0;
            while (read >= 0 && body.size() < limit) {
                body.write(chunk, 0, read);
                read = in.read(chunk, 0, Math.min(CHUNK_BYTES, limit - body.size()));
            }
            if (read >= 0 && body.size() >= limit) {
                // Closing would read the rest for a while, to use the connection again.
                call.cancel();
            }
        } catch (IOException | IllegalArgumentException e) {
            if (status / 100 == 2 && ConnectionFailure.of(e).kind() == Kind.OVERSIZED) {
                throw e;
            }
            boolean late = System.nanoTime() >= end || Thread.currentThread().isInterrupted();
            if (late && status / 100 == 2) {
                throw new InterruptedIOException("the body did not end in time");
            }
        }
        return body.toByteArray();
    }

    /** Cancels requests under way, since a thread that reads cannot be interrupted, and closes all connections. */
    @Override
    public void close() {
        closed = true;
        calls.forEach(Call::cancel);
        clients.close();
    }
}
