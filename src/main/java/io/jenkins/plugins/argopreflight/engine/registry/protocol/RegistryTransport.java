package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.RegistryName;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.util.http.AddressKind;
import io.jenkins.plugins.argopreflight.engine.util.http.AddressRefused;
import io.jenkins.plugins.argopreflight.engine.util.http.HttpClient;
import io.jenkins.plugins.argopreflight.engine.util.http.HttpReply;
import io.jenkins.plugins.argopreflight.engine.util.http.HttpRequest;
import io.jenkins.plugins.argopreflight.engine.util.http.HttpSettings;
import io.jenkins.plugins.argopreflight.engine.util.http.Lead;
import io.jenkins.plugins.argopreflight.engine.util.http.Proxies;
import io.jenkins.plugins.argopreflight.engine.util.http.ProxyLoginRefused;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The transport over the network. It sends one request and returns its answer within the deadline, whatever the server
 * does. It follows redirects, and sends a credential only to the origin of the first request.
 */
public final class RegistryTransport implements Wire, AutoCloseable {

    private static final int MAX_PORT = 65_535;

    /** The maximum number of redirects that one request follows. */
    private static final int MAX_REDIRECTS = 5;

    /** The number of bytes of an answer that are read if the request has no limit. */
    private static final int BODY_LIMIT_BYTES = 64 * 1024;

    private final RegistrySettings settings;
    private final HttpClient client;
    private final AtomicLong requests = new AtomicLong();

    /**
     * The kinds of the addresses of the registries that were contacted. A registry's kind limits the addresses to which
     * its redirects and challenges can lead.
     */
    private final Map<String, AddressKind> kinds = new ConcurrentHashMap<>();

    public RegistryTransport(RegistrySettings settings, Executor executor) {
        this.settings = settings;
        this.client = new HttpClient(new HttpSettings(
                settings.addressPolicy(),
                settings.proxies(),
                settings.authorities(),
                settings.resolver(),
                settings.timeout(),
                executor));
    }

    public long requests() {
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
    public RegistryReply send(Request request, Deadline deadline) throws NoAnswer {
        Request current = request;
        Optional<Lead> lead = isOwnHost(request)
                ? Optional.empty()
                : Optional.of(new Lead(request.registry(), kinds.getOrDefault(request.registry(), AddressKind.PUBLIC)));
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            HttpReply answer = sendOnce(current, lead, deadline);
            if (hop == 0 && lead.isEmpty()) {
                kinds.putIfAbsent(request.registry(), answer.from());
            }
            RegistryReply reply = new RegistryReply(
                    current.url(),
                    answer.status(),
                    answer.headers(),
                    answer.body(),
                    answer.proxy().map(Proxies::name).orElse(""));
            boolean redirect =
                    reply.status() / 100 == 3 && !reply.header("Location").isEmpty();
            if (!redirect || current.method().equals("POST")) {
                return reply;
            }
            current = current.redirectedTo(reply, maySendCredentials(current.url()));
            lead = Optional.of(lead.map(known -> known.past(answer.from()))
                    .orElseGet(() -> new Lead(request.registry(), answer.from())));
        }
        throw new NoAnswer(
                Verdict.UNKNOWN,
                request.registry(),
                "stopped after " + MAX_REDIRECTS + " redirects",
                request.registry() + " redirects without end (from " + request.where() + "); fix the redirects of the"
                        + " registry or of the proxy before it.");
    }

    private static boolean isOwnHost(Request request) {
        return request.registry().equalsIgnoreCase(RegistryName.host(request.url()));
    }

    private HttpReply sendOnce(Request request, Optional<Lead> lead, Deadline deadline) throws NoAnswer {
        String host = request.url().getRawAuthority();
        if (request.url().getPort() > MAX_PORT) {
            throw Failures.unreachable(host, "no such port", "ports end at " + MAX_PORT + "; write another");
        }
        String name = RegistryName.host(request.url());
        if (!settings.allows(name)) {
            throw Failures.refused(request.registry(), "the administrator does not allow " + name);
        }
        Optional<URI> realBase = settings.address(request.url());
        URI real = realBase.map(base -> withBase(base, request.url())).orElse(request.url());
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        headers.put("User-Agent", "argo-preflight");
        HttpRequest http = new HttpRequest(
                request.method(),
                real,
                headers,
                request.form(),
                request.limit().orElse(BODY_LIMIT_BYTES),
                !settings.isInsecure(request.url()),
                realBase.isPresent());
        requests.incrementAndGet();
        try {
            return client.send(http, lead, deadline.left());
        } catch (AddressRefused e) {
            throw Failures.refused(request.registry(), e.getMessage());
        } catch (ProxyLoginRefused e) {
            throw Failures.proxyLogin(host, e.proxy());
        } catch (InterruptedIOException e) {
            throw withProxy(
                    Thread.currentThread().isInterrupted()
                            ? Failures.interrupted(host)
                            : Failures.timeout(host, deadline),
                    real);
        } catch (IOException e) {
            throw withProxy(Failures.of(e, host, deadline), real);
        }
    }

    private NoAnswer withProxy(NoAnswer failure, URI real) {
        return settings.proxies().proxyFor(real).map(failure::withProxy).orElse(failure);
    }

    private static URI withBase(URI base, URI url) {
        String path = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/$", "");
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + url.getRawPath() + query);
    }

    @Override
    public void close() {
        client.close();
    }
}
