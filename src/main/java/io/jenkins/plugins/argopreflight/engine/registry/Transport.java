package io.jenkins.plugins.argopreflight.engine.registry;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Sends one request and brings its answer, within the deadline whatever the server does; follows redirects, and takes
 * a credential only as far as the origin that it was meant for.
 */
final class Transport implements Wire {

    private static final long LAST_WORDS_MILLIS = 100;
    private static final int MAX_PORT = 65_535;

    /** While it names Basic, as it does by default, Java tells a proxy for https no password. */
    private static final String TUNNELING = "jdk.http.auth.tunneling.disabledSchemes";

    private final RegistrySettings settings;
    private final AddressGuard guard;
    private final Supplier<HttpClient> verified;
    private final Supplier<HttpClient> unverified;
    private final AtomicLong requests = new AtomicLong();

    Transport(RegistrySettings settings, Executor executor) {
        ClientLog.redactCredentials();
        this.settings = settings;
        this.guard = new AddressGuard(settings, executor);
        this.verified = once(() -> client(executor)
                .sslContext(Trust.verified(settings.authorities()))
                .build());
        this.unverified = once(() -> client(executor).sslContext(Trust.anyone()).build());
    }

    private HttpClient.Builder client(Executor executor) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(settings.proxies())
                .connectTimeout(settings.timeout())
                .executor(executor);
    }

    long requests() {
        return requests.get();
    }

    @Override
    public Optional<Instant> expires(Login login) {
        return TokenContent.expires(login.password().reveal());
    }

    @Override
    public boolean maySendCredentials(URI url) {
        return settings.maySendCredentials(url);
    }

    @Override
    public Reply send(Request request, Deadline deadline) throws NoAnswer {
        Request current = request;
        for (int hop = 0; hop <= settings.redirects(); hop++) {
            Reply reply = once(current, deadline);
            boolean redirect =
                    reply.status() / 100 == 3 && !reply.header("Location").isEmpty();
            if (!redirect || current.method().equals("POST")) {
                return reply;
            }
            current = current.redirectedTo(reply, maySendCredentials(current.url()));
        }
        throw new NoAnswer(
                Verdict.UNKNOWN,
                "stopped after " + settings.redirects() + " redirects",
                request.registry() + " redirects without end (from " + request.where() + "); mend the redirects of the"
                        + " registry or of the proxy before it.");
    }

    private Reply once(Request request, Deadline deadline) throws NoAnswer {
        if (request.url().getPort() > MAX_PORT) {
            throw Failures.unreachable(
                    request.url().getRawAuthority(), "no such port", "ports end at " + MAX_PORT + "; write another");
        }
        guard.check(request.url(), request.registry(), deadline);
        URI real = settings.address(request.url())
                .map(base -> at(base, request.url()))
                .orElse(request.url());
        HttpRequest.Builder http =
                HttpRequest.newBuilder(real).timeout(deadline.left()).header("User-Agent", "argo-preflight");
        request.headers().forEach(http::header);
        settings.proxies().authorization(real).ifPresent(value -> http.header("Proxy-Authorization", value));
        http.method(
                request.method(),
                request.form()
                        .map(form -> HttpRequest.BodyPublishers.ofString(form, StandardCharsets.US_ASCII))
                        .orElseGet(HttpRequest.BodyPublishers::noBody));
        requests.incrementAndGet();
        AtomicReference<BoundedBody> body = new AtomicReference<>();
        // Reading the system's authorities takes longer than a registry's answer: not for plain http.
        boolean tls = "https".equalsIgnoreCase(real.getScheme());
        HttpClient client = tls && !settings.isInsecure(request.url()) ? verified.get() : unverified.get();
        return await(client, http.build(), request, body, deadline);
    }

    private Reply await(
            HttpClient client, HttpRequest http, Request request, AtomicReference<BoundedBody> body, Deadline deadline)
            throws NoAnswer {
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(http, head -> {
            body.set(new BoundedBody(request.limit().orElse(settings.bodyLimit())));
            return body.get();
        });
        String host = request.url().getRawAuthority();
        try {
            HttpResponse<byte[]> answer = sent.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
            refuseProxy(answer.statusCode(), http.uri());
            return new Reply(request.url(), answer.statusCode(), answer.headers(), answer.body());
        } catch (TimeoutException e) {
            return begun(sent, body.get(), request.url()).orElseThrow(() -> Failures.timeout(host, deadline));
        } catch (ExecutionException e) {
            NoAnswer failure = Failures.of(e.getCause(), host, deadline);
            throw settings.proxies().proxyFor(http.uri()).map(failure::through).orElse(failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted(host);
        } finally {
            sent.cancel(true);
            if (body.get() != null) {
                body.get().stop();
            }
        }
    }

    /** An error whose body does not end in time is told by its status and what came of its body. */
    private static Optional<Reply> begun(CompletableFuture<HttpResponse<byte[]>> sent, BoundedBody body, URI url) {
        if (body == null) {
            return Optional.empty();
        }
        body.stop();
        try {
            HttpResponse<byte[]> answer = sent.get(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
            return Optional.of(new Reply(url, answer.statusCode(), answer.headers(), answer.body()))
                    .filter(reply -> !reply.ok());
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void refuseProxy(int status, URI real) throws NoAnswer {
        if (status == 407 && settings.proxies().proxyFor(real).isPresent()) {
            URI proxy = settings.proxies().proxyFor(real).get();
            boolean silent = "https".equalsIgnoreCase(real.getScheme())
                    && !System.getProperty(TUNNELING, "Basic").isEmpty();
            String given = silent
                    ? " wants user and password, and this Java sends none: start it with -D" + TUNNELING + "="
                    : " refuses user and password: correct them in HTTPS_PROXY, special characters as %XX";
            throw Failures.unreachable(
                    real.getRawAuthority(),
                    "407 Proxy Authentication Required",
                    "the proxy " + Proxies.name(proxy)
                            + (proxy.getRawUserInfo() == null
                                    ? " wants user and password: write them into HTTPS_PROXY"
                                            + " (http://USER:PASSWORD@HOST:PORT)"
                                    : given));
        }
    }

    private static <T> Supplier<T> once(Supplier<T> supplier) {
        Map<String, T> made = new ConcurrentHashMap<>();
        return () -> made.computeIfAbsent("", key -> supplier.get());
    }

    private static URI at(URI base, URI url) {
        String path = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/$", "");
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + url.getRawPath() + query);
    }
}
