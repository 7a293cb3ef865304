package io.jenkins.plugins.argopreflight.engine.util.http;

import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The check of the addresses that a request connects to. A name is resolved once, all its addresses are checked, and
 * the connection goes to these and to no others.
 */
final class AddressGuard {

    private final AddressPolicy policy;
    private final Proxies proxies;
    private final Resolver resolver;
    private final Executor executor;
    private final Map<String, CompletableFuture<List<InetAddress>>> known = new ConcurrentHashMap<>();

    /** Creates a guard that resolves names in {@code executor}, since a look-up cannot be interrupted. */
    AddressGuard(AddressPolicy policy, Proxies proxies, Resolver resolver, Executor executor) {
        this.policy = policy;
        this.proxies = proxies;
        this.resolver = resolver;
        this.executor = executor;
    }

    /**
     * Checks a URL and returns the route to its host.
     *
     * @param trusted whether the settings chose the address, so that no policy applies
     * @param lead the host whose answer led to the URL
     * @param time the limit for resolving the name
     * @throws AddressRefused if the address is not allowed
     */
    Route route(URI url, boolean trusted, Optional<Lead> lead, Duration time)
            throws UnknownHostException, InterruptedIOException {
        Target target = Target.of(url)
                .orElseThrow(() -> new AddressRefused("its address is not an http or https URL with a host"));
        Host host = target.host();
        int port = target.port();
        if (!trusted) {
            policy.checkUnresolved(host, port, lead);
        }
        Optional<URI> proxy = proxies.proxyFor(url);
        if (proxy.isPresent()) {
            Host resolved = Host.of(proxy.get()).orElseThrow(() -> new UnknownHostException("the proxy"));
            return new Route(target, proxy, resolved, resolve(resolved, time), policy.ofUnresolved(host, port));
        }
        List<InetAddress> found = resolve(host, time);
        List<InetAddress> permitted = trusted ? found : policy.permitted(host, port, found, lead);
        AddressKind kind = permitted.stream()
                .map(AddressKind::ofNetwork)
                .min(AddressKind::compareTo)
                .orElse(AddressKind.PUBLIC);
        return new Route(target, proxy, host, permitted, trusted ? AddressKind.PUBLIC : kind);
    }

    private List<InetAddress> resolve(Host host, Duration time) throws UnknownHostException, InterruptedIOException {
        if (host.literal().isPresent()) {
            return List.of(host.literal().get());
        }
        CompletableFuture<List<InetAddress>> lookup =
                known.computeIfAbsent(host.name(), name -> CompletableFuture.supplyAsync(() -> lookUp(name), executor));
        try {
            List<InetAddress> found = lookup.get(time.toMillis(), TimeUnit.MILLISECONDS);
            if (found.isEmpty()) {
                known.remove(host.name(), lookup);
                throw new UnknownHostException(host.name());
            }
            return found;
        } catch (TimeoutException | ExecutionException e) {
            throw new InterruptedIOException("the name " + host.name() + " was not resolved in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private List<InetAddress> lookUp(String name) {
        try {
            return List.of(resolver.resolve(name));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
