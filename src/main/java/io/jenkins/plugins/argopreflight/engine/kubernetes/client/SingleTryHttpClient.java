package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientImpl;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterProxy;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.ConnectionResolver.Target;
import io.jenkins.plugins.argopreflight.engine.util.concurrent.SharedThreads;
import io.jenkins.plugins.argopreflight.engine.util.http.AddressPolicy;
import io.jenkins.plugins.argopreflight.engine.util.http.AddressRefused;
import io.jenkins.plugins.argopreflight.engine.util.http.FramingLimit;
import io.jenkins.plugins.argopreflight.engine.util.http.GuardedDns;
import io.jenkins.plugins.argopreflight.engine.util.http.Resolver;
import io.jenkins.plugins.argopreflight.engine.util.http.Trust;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.OkHttpClient;

/**
 * A factory of HTTP clients to one endpoint. The clients never send a request twice by themselves, and never follow a
 * redirect. The client library gets only the settings of this class: no setting comes from a file, the environment or a
 * system property, and the library has no credential that it could renew by itself.
 */
final class SingleTryHttpClient extends OkHttpClientFactory {

    /** The threads for watches and logs of all clusters. The number of watches and logs is limited by their callers. */
    private static final SharedThreads STREAMS =
            new SharedThreads("argo-preflight stream", SharedThreads.UNLIMITED, SharedThreads.UNLIMITED);

    /**
     * The connections of all clients. No client can use the connection of another client. A connection without a
     * request is kept for ten seconds. The clients share the pool, because each pool has a thread of its own.
     */
    private static final ConnectionPool CONNECTIONS = new ConnectionPool(256, 10, TimeUnit.SECONDS);

    private final Trust trust;
    private final Dns dns;
    private final Optional<ClusterProxy> proxy;

    private SingleTryHttpClient(Trust trust, Dns dns, Optional<ClusterProxy> proxy) {
        this.trust = trust;
        this.dns = dns;
        this.proxy = proxy;
    }

    /**
     * Creates a client. No other code creates clients.
     *
     * @param addresses the allowed addresses of the server of a guarded target
     * @throws KubeconfigException if the endpoint's certificates cannot be used, or its address is not allowed
     */
    static OkHttpClientImpl create(Target target, Timeouts timeouts, AddressPolicy addresses) {
        return create(target, timeouts, addresses, Resolver.ofSystem());
    }

    static OkHttpClientImpl create(Target target, Timeouts timeouts, AddressPolicy addresses, Resolver names) {
        Dns dns = target.guarded() ? guard(target, addresses, names) : Dns.SYSTEM;
        SingleTryHttpClient factory = new SingleTryHttpClient(
                TlsSettings.of(target.endpoint()), new InterruptibleDns(dns, timeouts.connect()), target.proxy());
        HttpClient.Builder builder =
                factory.newBuilder(settings(target.endpoint().server(), target.proxy(), timeouts.connect()));
        return (OkHttpClientImpl) builder.build();
    }

    private static Config settings(String server, Optional<ClusterProxy> proxy, Duration connect) {
        Config config = Config.empty();
        config.setMasterUrl(server);
        config.setConnectionTimeout((int) connect.toMillis());
        proxy.ifPresent(through -> {
            config.setHttpsProxy(through.url());
            config.setHttpProxy(through.url());
            if (!through.username().isEmpty()) {
                config.setProxyUsername(through.username());
                config.setProxyPassword(through.password().reveal());
            }
        });
        return config;
    }

    /**
     * Creates the dispatcher. When the library closes the client, it ends only the threads that work for this client.
     */
    @Override
    protected Dispatcher initDispatcher() {
        return new Dispatcher(STREAMS.crew(this, SharedThreads.UNLIMITED));
    }

    @Override
    protected void additionalConfig(OkHttpClient.Builder builder) {
        if (proxy.isEmpty()) {
            // Without this, the client would use the proxy of a system property, which no report names.
            builder.proxy(Proxy.NO_PROXY);
        }
        builder.retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(CONNECTIONS)
                .dns(dns);
        trust.applyTo(builder);
        proxy.map(through -> URI.create(through.url()))
                .filter(url -> url.getScheme().startsWith("socks"))
                .ifPresent(
                        url -> FramingLimit.throughSocks(builder, new InetSocketAddress(url.getHost(), url.getPort())));
    }

    /** Returns the resolver that refuses addresses. An address in a URL is never resolved, so it is checked here. */
    private static Dns guard(Target target, AddressPolicy policy, Resolver resolver) {
        try {
            if (target.proxy().isPresent()) {
                URI proxy = URI.create(target.proxy().get().url());
                GuardedDns.check(AddressPolicy.UNRESTRICTED, proxy, resolver);
            }
            return GuardedDns.check(policy, URI.create(target.endpoint().server()), resolver);
        } catch (AddressRefused e) {
            throw new KubeconfigException(AddressRefused.REASON + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new KubeconfigException("the server or proxy is not a URL with a host");
        }
    }
}
