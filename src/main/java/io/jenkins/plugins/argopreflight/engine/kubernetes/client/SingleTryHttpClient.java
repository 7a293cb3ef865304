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
 * A factory of HTTP clients to one endpoint. They never send a request twice by themselves, nor follow a redirect with
 * our credential. The client library gets only the settings that are written here: none comes from a file, the
 * environment or a system property, and the library has no credential that it could renew by itself.
 */
final class SingleTryHttpClient extends OkHttpClientFactory {

    /** The threads for watches and logs of all clusters. Their number is limited where they are begun. */
    private static final SharedThreads STREAMS =
            new SharedThreads("argo-preflight stream", SharedThreads.UNLIMITED, SharedThreads.UNLIMITED);

    /**
     * The connections of all clients. No client can use a connection of another one. A watch keeps its connection, and
     * other requests keep theirs for ten seconds. A pool for each client would have a thread of its own.
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
     * Creates a client. This is the only place where one is created.
     *
     * @param addresses the allowed addresses of the server of a guarded target
     * @throws KubeconfigException if the endpoint's certificates cannot be used, or its address is not allowed
     */
    static OkHttpClientImpl to(Target target, Timeouts timeouts, AddressPolicy addresses) {
        return to(target, timeouts, addresses, Resolver.ofSystem());
    }

    static OkHttpClientImpl to(Target target, Timeouts timeouts, AddressPolicy addresses, Resolver names) {
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
            // Otherwise the client would use the proxy of a system property, and no report would name that proxy.
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

    /**
     * Returns the guarded resolver. An address in a URL is not resolved, so a refused address is an error here.
     */
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
